/** Which columns hold texts that somebody chooses, how each is written, and which pages show it. */

export interface ShownText {
  /** The column of its table. */
  column: string
  /** Some of the rows: a condition of SQL. */
  where?: string
  /** A column of JSON: what is patched into it, with the text at each place that a person fills, cut to bytes where its schema wants it short. */
  json?: (text: (field: string, atMost?: number) => string) => unknown
  /**
   * Pages that show it; `:walk` and `:slug` stand for those of the test. Behind ` > ` stands how the
   * name of the button begins, a pattern, that opens the dialog or form which shows it. Empty where none does.
   */
  on: readonly string[]
  /** Why no page shows it. */
  because?: string
  /** One that has to be the same wherever it stands, as a service that two tables name. */
  as?: string
}

const ENTRY = '/register/1'
const CLOSED = '/register/2'
const WALK = '/walks/:walk'
const MENU = '/menus/4357'
type Json = NonNullable<ShownText['json']>
/** Of what is one of several kinds: fields are named after theirs. */
const ofKind =
  (kind: string, json: Json): Json =>
  (text) =>
    json((field, atMost) => text(`${kind}.${field}`, atMost))
const step = (kind: string, json: Json, on = [WALK]): ShownText => ({
  column: 'data',
  where: `kind = '${kind}'`,
  json: ofKind(kind, json),
  on,
})
const place = (kind: string, json: Json): ShownText => ({
  column: 'place',
  where: `place ->> 'kind' = '${kind}'`,
  json: ofKind(kind, json),
  on: [ENTRY],
})
const CAUSE = `${ENTRY} > Edit root cause`
const PLAN = `${ENTRY} > Edit plan`
const PLAYBOOKS = ['/playbooks', '/playbooks > Change: ']
const SERVICE = 'the service'
/** Why a cause is plain stands where none was found out. */
const NOT_OBVIOUS = 'entry_id = (SELECT id FROM entry WHERE number = 1)'
/** Events whose values are words; in others they are ids and codes. */
const WRITTEN = "what = 'accountable'"

/** By table. */
export const SHOWN_TEXTS: Readonly<Record<string, readonly ShownText[]>> = {
  workspace: [
    { column: 'name', on: ['/', '/manage', '/public/:slug'] },
    { column: 'private_words', json: (text) => [text('word')], on: ['/manage'] },
  ],
  person: [
    {
      column: 'name',
      on: [
        '/',
        '/triage',
        '/register',
        '/register?as=board',
        ENTRY,
        '/meeting',
        '/follow-ups',
        '/walks',
        WALK,
        '/walks/plan',
        '/manage',
        '/account',
      ],
    },
  ],
  passkey: [{ column: 'name', on: ['/account'] }],
  web_session: [{ column: 'label', on: ['/account'] }],
  device: [{ column: 'name', on: ['/manage', '/manage/connect'] }],
  walk: [
    { column: 'errand', on: ['/', '/triage', ENTRY, '/walks', WALK, '/app/walks/:walk/story'] },
    { column: 'persona', on: ['/', '/triage', ENTRY, '/walks', WALK, '/app/walks/:walk/story'] },
    { column: 'service', as: SERVICE, on: ['/walks', WALK, '/walks/plan'] },
    {
      column: 'debrief',
      json: (text) => ({ line: text('line'), leftBehind: text('leftBehind') }),
      on: [],
      because: 'the story shows the line, and nothing shows what was left behind',
    },
  ],
  step: [
    step('page', (text) => ({ title: text('title'), breadcrumb: [text('breadcrumb')] })),
    {
      ...step('click', (text) => ({ name: text('name') })),
      where: "kind = 'click' AND data ->> 'name' IS NOT NULL",
    },
    {
      ...step('click', (text) => ({ role: text('role') })),
      where: "kind = 'click' AND data ->> 'name' IS NULL",
    },
    step('wait', (text) => ({ for: text('for') })),
    step('error', (text) => ({ message: text('message') })),
    step('dial', (text) => ({ number: text('number', 60), why: text('why') })),
    step('said', (text) => ({ words: text('words') })),
    step('heard', (text) => ({ words: text('words') })),
    step('option', (text) => ({ label: text('label') }), [WALK, MENU]),
    step('asked-again', (text) => ({ thing: text('thing') }), [WALK, MENU]),
    step('answer', (text) => ({ system: text('system'), subject: text('subject') })),
    step('contact', (text) => ({ need: text('need') })),
    {
      ...step('contact', (text) => ({
        service: text('service'),
        exception: { words: text('exception.words') },
      })),
      on: [],
      because: 'a shift is told as what customers needed, and in numbers',
    },
  ],
  note: [
    { column: 'words', on: ['/', '/triage', ENTRY, WALK, '/app/walks/:walk/story'] },
    { column: 'first_words', on: ['/triage', ENTRY, WALK] },
    { column: 'expected', on: ['/triage', ENTRY, WALK, '/app/walks/:walk/story'] },
    { column: 'service', as: SERVICE, on: ['/', '/triage'] },
    {
      ...place('page', (text) => ({
        anchor: { role: text('anchor.role', 60), name: text('anchor.name') },
      })),
      where: "place ->> '$.anchor' IS NOT NULL",
    },
    {
      ...place('page', (text) => ({ title: text('title') })),
      where: "place ->> 'kind' = 'page' AND place ->> '$.anchor' IS NULL",
    },
    {
      ...place('page', (text) => ({
        anchor: {
          selectors: [
            {
              kind: 'text',
              path: [text('anchor.selectors.path')],
              prefix: text('anchor.selectors.prefix', 128),
              suffix: text('anchor.selectors.suffix', 128),
            },
          ],
        },
      })),
      where: "place ->> '$.anchor' IS NOT NULL",
      on: [],
      because: 'the extension alone looks for the element',
    },
    place('call', (text) => ({ number: text('number', 60), keys: [`“${text('keys', 70)}”`] })),
    place('reply', (text) => ({ system: text('system', 120), subject: text('subject') })),
    place('desk', (text) => ({ reason: text('reason') })),
  ],
  service: [
    { column: 'provider', on: ['/triage > Change the service'] },
    { column: 'name', as: SERVICE, on: ['/walks/plan'] },
  ],
  service_alias: [{ column: 'alias', on: [], because: 'nothing shows them yet' }],
  entry: [
    {
      column: 'title',
      on: [
        '/',
        '/triage',
        '/register',
        '/register?as=matrix',
        '/register?as=board',
        ENTRY,
        '/meeting',
        '/keep',
        '/follow-ups',
        '/told',
      ],
    },
    { column: 'service', as: SERVICE, on: ['/register', ENTRY, '/meeting'] },
    { column: 'monthly_source', on: [ENTRY] },
  ],
  entry_note: [
    {
      column: 'why',
      json: (text) => ({ decision: 'join', sentence: text('sentence') }),
      on: [ENTRY],
    },
  ],
  proposal: [{ column: 'sentence', on: ['/triage'] }],
  entry_work: [
    { column: 'how_it_happened', where: NOT_OBVIOUS, on: [ENTRY, CAUSE] },
    { column: 'never_again', on: [ENTRY, CAUSE] },
    { column: 'why_obvious', on: [CLOSED] },
    {
      column: 'whys',
      where: NOT_OBVIOUS,
      json: (text) => [{ words: text('words'), evidence: text('evidence'), under: null }],
      on: [ENTRY, CAUSE],
    },
    {
      column: 'actions',
      json: (text) => [
        { kind: 'good', words: text('words'), by: text('by', 120), due: null, isDone: false },
      ],
      on: [ENTRY, PLAN],
    },
    {
      column: 'measure',
      json: (text) => ({
        method: 'count',
        what: text('what'),
        unit: text('unit', 40),
        baseline: 1,
        target: 2,
        actual: 3,
      }),
      on: [ENTRY, PLAN],
    },
    {
      column: 'links',
      json: (text) => [
        { kind: 'change', words: text('words'), url: 'https://elsewhere.example/1' },
      ],
      on: [ENTRY],
    },
    { column: 'promise_broken', on: [ENTRY] },
    { column: 'accountable', on: [ENTRY] },
    { column: 'hold_reason', on: [], because: 'history says why it waits, as it was said' },
    { column: 'close_note', on: [], because: 'history says it, as it was said' },
  ],
  message: [
    { column: 'you_said', on: [ENTRY, '/told', '/public/:slug'] },
    { column: 'words', on: ['/', ENTRY, '/told', '/public/:slug'] },
    { column: 'sorry_for', on: [`${ENTRY} > Change$`] },
  ],
  follow_up: [
    { column: 'customer', on: ['/', ENTRY, '/follow-ups'] },
    { column: 'reference', on: ['/follow-ups', ENTRY] },
    { column: 'reason', on: ['/follow-ups', ENTRY] },
  ],
  playbook: [
    { column: 'name', on: [...PLAYBOOKS, ENTRY] },
    { column: 'service', as: SERVICE, on: PLAYBOOKS },
    { column: 'sponsor', on: [...PLAYBOOKS, ENTRY] },
    {
      column: 'steps',
      json: (text) => [{ who: text('who'), what: text('what'), byMinute: 5 }],
      on: [...PLAYBOOKS, ENTRY],
    },
    { column: 'trained_by', on: [...PLAYBOOKS, ENTRY] },
  ],
  plan: [
    { column: 'what', on: ['/walks/plan'] },
    { column: 'service', as: SERVICE, on: ['/walks/plan'] },
  ],
  saved_view: [
    { column: 'name', on: ['/register', '/register?free=1', '/register?free=1 > This view'] },
  ],
  call: [{ column: 'number', on: ['/menus'] }],
  menu_design: [{ column: 'text', on: [], because: 'it is read as an outline first' }],
  event: [
    { column: 'before', where: WRITTEN, on: [ENTRY] },
    { column: 'after', where: WRITTEN, on: [ENTRY] },
    { column: 'reason', where: WRITTEN, on: [ENTRY] },
  ],
}
