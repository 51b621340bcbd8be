import type { Show } from './answer'
import { page } from './layout'

/** Pages that are hard to read or to point at: very many elements, another direction, equal things. */

/** What a page of 10,000 elements is made of: 2,000 articles of five. */
const ARTICLES = 2_000

/** A knowledge base that shows all it has: as many elements as anybody is likely to meet. */
const large = page(
  'All articles',
  `<h1>All articles</h1><main>${Array.from(
    { length: ARTICLES },
    (_, index) =>
      `<article><h2>Article about ${topicOf(index)} no ${index}</h2><p>Last changed by the ${topicOf(index + 3)} team, read ${(index * 37) % 900} times.</p><a href="#${index}">Read on</a><button>Rate article ${index}</button></article>`,
  ).join('')}</main>
  <form><label>Your question <input id="question" value="typed question"></label> <span class="data">desk@hospital.example</span> <button type="button" id="ask">Ask the desk</button></form>`,
)

function topicOf(index: number): string {
  return (
    ['printers', 'the network', 'a badge', 'payslips', 'parking', 'the laboratory'][index % 6] ?? ''
  )
}

/** From right to left, with a number and an address that run the other way inside. */
const rightToLeft = page(
  'بوابة الخدمات',
  `<div dir="rtl" lang="ar"><nav aria-label="Breadcrumb مسار"><ol><li><a href="/rtl">الرئيسية</a></li><li>طلبات</li></ol></nav>
  <h1>طلب حاسوب</h1><p>اكتب إلى <span class="data">help@hospital.example</span> أو اتصل على الرقم <span class="data">+49 351 458 1234</span> قبل الظهر.</p>
  <label>الاسم الكامل <input id="name" value="كتابة سرية"></label>
  <p>الخطوة الأولى</p><button>تفاصيل</button><p>الخطوة الثانية</p><button id="second">تفاصيل</button></div>`,
)

/** Things that are called the same, on cards and in rows, and ids that are made anew each time. */
function equals({ url }: Parameters<Show>[0]): string {
  const rows = (url.searchParams.get('rows') ?? 'Printer,Scanner,Badge').split(',')
  const cards = (url.searchParams.get('cards') ?? 'Wi-Fi,Payslip').split(',')
  const random = () => Math.random().toString(36).slice(2, 9)
  return page(
    'Equal things',
    `<nav aria-label="Breadcrumb"><ol class="breadcrumb"><li><a href="/home">Home</a> ›</li><li><a href="/it">IT ›</a></li><li>Help jane.doe@hospital.example</li></ol></nav>
    <h1>Equal things</h1>
    <main>${cards.map((card) => `<section><h2>${card} for staff</h2><p>What ${card} can do for you.</p><button>Details</button></section>`).join('')}</main>
    <p id="hint">Ask <b>before noon</b> and get it today.</p>
    <table><tbody>${rows.map((row) => `<tr><td>${row}</td><td><button>Open</button></td><td><button>Remove ${row}</button></td></tr>`).join('')}</tbody></table>
    <div id="ember${Math.floor(Math.random() * 9)}"><div id="mat-input-${Math.floor(Math.random() * 9)}" class="css-${random()}" tabindex="0" role="button"><svg width="20" height="20"></svg></div></div>
    <button id="radix-:r${random()}:">Send it off</button>`,
  )
}

/** The least that is a PDF: one page with one line. */
const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 44>>stream
BT /F1 18 Tf 40 100 Td (Form for a badge) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
`

export const TEXT_PAGES: Record<string, Show> = {
  '/form.pdf': () => ({ html: PDF, headers: { 'content-type': 'application/pdf' } }),
  '/large': () => ({ html: large }),
  '/rtl': () => ({ html: rightToLeft }),
  '/equals': (asked) => ({ html: equals(asked) }),
}
