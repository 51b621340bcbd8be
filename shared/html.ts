/** A text as HTML shows it, also within an attribute: nothing that comes from a page or a person is read as HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}
