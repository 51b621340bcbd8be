import type { Show } from './answer'
import { page } from './layout'

/** Portals that scripts draw: in frames inside shadow roots, by routes, by hotkeys, without an end. */

/** As ServiceNow's shell: a frame with the form, inside a shadow root inside a shadow root. */
const serviceNow = page(
  'Service portal',
  `<macroponent-shell id="shell"></macroponent-shell>
  <script>
    customElements.define('macroponent-shell',class extends HTMLElement{constructor(){super();const root=this.attachShadow({mode:'open'});root.append(document.createElement('sn-canvas'))}})
    customElements.define('sn-canvas',class extends HTMLElement{constructor(){super();const root=this.attachShadow({mode:'open'});const frame=document.createElement('iframe');Object.assign(frame,{id:'gsft_main',src:'/servicenow/form',width:700,height:420});root.append(frame)}})
  </script>`,
)

/** Ids of the tables' rows are made anew by each server and session. */
function serviceNowForm(): string {
  const id = () =>
    Array.from({ length: 8 }, () =>
      Math.floor(Math.random() * 65_536)
        .toString(16)
        .padStart(4, '0'),
    ).join('')
  return page(
    'Request item',
    `<h1>Order a laptop</h1><form id="element.${id()}" onsubmit="return false">
      <label>Requested for <input id="sys_display.${id()}" value="Jane Doe"></label>
      <p>Cost centre of <span class="data">jane.doe@hospital.example</span></p>
      <label>Model <select id="ni.${id()}"><option>Light</option><option>Strong</option></select></label>
      <button type="button" id="btn_${id()}">Order now</button> <button type="button" id="btn_${id()}">Add to cart</button>
    </form>`,
  )
}

/** A router of its own: pushState for pages, replaceState for filters, popstate to come back. */
const spa = page(
  'Catalogue',
  `<nav aria-label="Breadcrumb"><ol id="way"><li><a href="/spa">Catalogue</a></li></ol></nav>
  <h1 id="title">Catalogue</h1><main id="view"></main><p>Ask <span class="data">shop@hospital.example</span></p>
  <script>
    const routes={'/spa':['Catalogue',['Hardware','/spa/hardware']],'/spa/hardware':['Hardware',['Laptop','/spa/hardware/laptop']],'/spa/hardware/laptop':['Laptop',null]}
    const draw=()=>{const [title,next]=routes[location.pathname];document.title=title;document.getElementById('title').textContent=title
      const way=document.getElementById('way');way.replaceChildren(...['Catalogue','Hardware','Laptop'].slice(0,['Catalogue','Hardware','Laptop'].indexOf(title)+1).map(name=>{const item=document.createElement('li');item.textContent=name;return item}))
      const view=document.getElementById('view');view.replaceChildren()
      const make=(tag,props)=>view.appendChild(Object.assign(document.createElement(tag),props))
      make('input',{value:'typed in '+title,ariaLabel:'Filter',oninput(event){history.replaceState({},'',location.pathname+'?filter='+event.target.value)}})
      make('button',{textContent:'Only mine',onclick(){history.replaceState({},'','?mine=1')}})
      if(next)make('button',{textContent:'Open '+next[0],onclick(){history.pushState({},'',next[1]);draw()}})}
    addEventListener('popstate',draw);draw()
  </script>`,
)

/** Every letter that goes down does something, whatever is held with it: `fired` counts what did. */
const hotkeys = page(
  'Agent workspace',
  `<h1>Agent workspace</h1><p>Take over: <kbd>A</kbd>, wait: <kbd>W</kbd>. Customer <span class="data">jane.doe@hospital.example</span></p>
  <button>Take over</button><label>Reply <input id="reply" value="typed reply"></label><p id="fired"></p>
  <script>
    window.fired=[]
    for(const kind of ['keydown','keypress'])addEventListener(kind,event=>{if(event.key.length!==1)return;window.fired.push(kind+' '+event.key);document.getElementById('fired').textContent=window.fired.join()},true)
  </script>`,
)

/** Fifty more whenever the end comes near. */
const feed = page(
  'Announcements',
  `<h1>Announcements</h1><div id="feed"></div>
  <script>
    let count=0
    const more=()=>{const feed=document.getElementById('feed');for(let index=0;index<50;index+=1){count+=1
      const card=document.createElement('article');const add=(tag,props)=>card.appendChild(Object.assign(document.createElement(tag),props))
      add('h2',{textContent:'Announcement '+count});add('span',{className:'data',textContent:'writer'+count+'@hospital.example'});add('p',{textContent:'The lift of building '+count%9+' is being repaired.'});add('button',{textContent:'Read announcement '+count});add('input',{value:'comment '+count,ariaLabel:'Comment'})
      feed.append(card)}}
    more();addEventListener('scroll',()=>{if(innerHeight+scrollY>document.documentElement.scrollHeight-600)more()})
  </script>`,
)

export const APP_PAGES: Record<string, Show> = {
  '/servicenow': () => ({ html: serviceNow }),
  '/servicenow/form': () => ({ html: serviceNowForm() }),
  '/spa': () => ({ html: spa }),
  '/spa/hardware': () => ({ html: spa }),
  '/spa/hardware/laptop': () => ({ html: spa }),
  '/hotkeys': () => ({ html: hotkeys }),
  '/feed': () => ({ html: feed }),
}
