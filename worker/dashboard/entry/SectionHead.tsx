import { Icon } from '../parts/Icon'

interface SectionHeadProps {
  id: string
  title: string
  meta?: string | undefined
  /** Opens the section's form; undefined while it is open, or where nobody may. */
  edit?: (() => void) | undefined
}

export function SectionHead({ id, title, meta, edit }: SectionHeadProps) {
  return (
    <div class="sechead">
      <h2 id={id} tabIndex={-1}>
        {title}
      </h2>
      {meta !== undefined && <span class="meta">{meta}</span>}
      {edit && (
        <button class="btn small quiet" type="button" onClick={edit}>
          <Icon name="pencil" small /> Edit<span class="vh"> {title.toLowerCase()}</span>
        </button>
      )}
    </div>
  )
}
