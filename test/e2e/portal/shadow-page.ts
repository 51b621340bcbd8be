import { page } from './layout'

/** As service portals are built: a field in an open root, one in a closed root, a frame in a root. */
export const SHADOW_PAGE = page(
  'Virtual agent',
  `<h1>Virtual agent</h1><x-open id="open"></x-open><x-closed id="closed"><span slot="line">Ask +49 351 458 1234</span></x-closed><x-frame id="framed"></x-frame>
  <script>
    // The fixture hands its closed roots to tests: they measure what the extension must find.
    window.roots={}
    const define=(name,mode,fill)=>customElements.define(name,class extends HTMLElement{constructor(){super();const root=this.attachShadow({mode});window.roots[name]=root;fill(root)}})
    const make=(root,tag,props)=>root.appendChild(Object.assign(document.createElement(tag),props))
    define('x-open','open',(root)=>{make(root,'label',{textContent:'Question '}).append(Object.assign(document.createElement('input'),{value:'open secret',id:'question'}));make(root,'button',{textContent:'Ask'})})
    define('x-closed','closed',(root)=>{make(root,'input',{value:'closed secret',ariaLabel:'Staff number'});make(root,'button',{textContent:'Check status'});make(root,'p',{textContent:'Or mail desk@hospital.example'});make(root,'slot',{name:'line'})})
    define('x-frame','closed',(root)=>{const frame=make(root,'iframe',{src:'/in-shadow-frame',width:360,height:170});frame.style.border='5px solid silver'})
  </script>`,
)

export const inShadowFrame = page(
  'Inside',
  `<label>Inside <input id="inside" value="framed secret"></label><p>Inside <span class="data">inside@hospital.example</span></p><button id="go">Continue inside</button>`,
)
