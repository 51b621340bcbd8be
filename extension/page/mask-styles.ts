import { findSensitive } from './sensitive'

/** More rules than these take longer to read than to ask every element what they make of it. */
const RULES_MAX = 4_000

/** What a page's styles may draw that is no element and no text of it. */
export interface Drawn {
  /** Pictures behind elements. */
  pictures: boolean
  /** Texts and pictures before or after elements that may need a cover. */
  words: boolean
}

/** A picture, or a background that stands elsewhere. */
const PICTURE =
  /(?:url|image|image-set|cross-fade|src)\(|background(?:-image)?:[^;}]*(?:var|attr|if|--[\w-]+)\(/i
/** Whoever reads this knows less than the browser: what is behind it stands elsewhere. */
const ELSEWHERE = /\b(?:inherit|revert\S*)\b|(?:var|attr|env|if|--[\w-]+)\(/i
const INLINE_PICTURES =
  '[style*="url(" i], [style*="image(" i], [style*="-set(" i], [style*="fade(" i], [style*="src(" i], [style*="var(" i], [background]'
/** Icons of fonts, marks of lists, and nothing: words as they stand in a rule. */
const WORDS = /^(?:(?:"[^"\\]*"|none|normal|initial|unset|(?:no-)?(?:open|close)-quote)\s*)*$/

/**
 * What the styles of one tree may draw, so that not each of its elements needs to be asked. In
 * doubt they may draw everything: a sheet of another origin is not read by anybody.
 */
export function drawnBy(root: Document | ShadowRoot): Drawn {
  const drawn = { pictures: root.querySelector(INLINE_PICTURES) !== null, words: false }
  try {
    const reader = new RuleReader(drawn)
    for (const sheet of [...root.styleSheets, ...root.adoptedStyleSheets])
      reader.read(sheet.cssRules)
    // What a script animates stands in no sheet.
    if (root.getAnimations().some(isScripted)) throw new Error('animated by a script')
    return drawn
  } catch {
    return { pictures: true, words: true }
  }
}

function isScripted(animation: Animation): boolean {
  return !('animationName' in animation || 'transitionProperty' in animation)
}

type AnyRule = CSSRule & {
  selectorText?: string
  style?: CSSStyleDeclaration
  cssRules?: CSSRuleList
  styleSheet?: CSSStyleSheet | null
}

class RuleReader {
  private count = 0
  private readonly drawn: Drawn

  constructor(drawn: Drawn) {
    this.drawn = drawn
  }

  read(rules: CSSRuleList, isAround = false): void {
    this.count += rules.length
    if (this.count > RULES_MAX) throw new Error('too many rules')
    for (const rule of rules) this.readRule(rule, isAround)
  }

  /** @param isAround whether the rule is inside one for what stands before or after elements */
  private readRule(rule: AnyRule, isAround: boolean): void {
    const { selectorText, style, cssRules, styleSheet, cssText } = rule
    const isOfPseudo = isAround || /:(?:before|after)/i.test(selectorText ?? '')
    if (styleSheet) this.read(styleSheet.cssRules)
    if (cssRules) this.read(cssRules, isOfPseudo)
    // A font's file is no picture; what holds only rules was read with them.
    if (/^@(?:font-face|import)/.test(cssText) || (cssRules && !style)) return
    const hasPicture = PICTURE.test(cssText)
    this.drawn.pictures ||= hasPicture
    // What an animation says is said to whatever it is given to.
    if ('keyText' in rule) this.drawn.words ||= hasPicture || /content/i.test(cssText)
    else if (isOfPseudo && style) this.drawn.words ||= hasPicture || mayDraw(style)
  }
}

function mayDraw(style: CSSStyleDeclaration): boolean {
  const { content, background, backgroundImage } = style
  if (style.getPropertyValue('all') !== '') return true
  if (ELSEWHERE.test(background) || ELSEWHERE.test(backgroundImage)) return true
  return !WORDS.test(content) || findSensitive(content.replaceAll('"', '')).length > 0
}
