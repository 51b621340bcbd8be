import type { WorkspaceForm } from './workspace'

interface PublicPageFormProps {
  workspace: WorkspaceForm
  /** The name it has; null while there is no page. */
  known: string | null
}

/** Whether everybody may read what changed, and under which name. */
export function PublicPageForm({ workspace, known }: PublicPageFormProps) {
  return (
    <form
      class="field"
      onSubmit={(event) => {
        event.preventDefault()
        void workspace.saveSlug()
      }}
    >
      <label htmlFor="slug">Name of the public page “You said, we did”</label>
      <div class="line">
        <input
          class="input"
          id="slug"
          value={workspace.slug.value}
          maxLength={120}
          autoComplete="off"
          spellcheck={false}
          aria-describedby="slug-hint"
          onInput={(event) => workspace.setSlug(event.currentTarget.value)}
        />
        <button class="btn" type="button" onClick={workspace.makeSlug}>
          Make one up
        </button>
        <button class="btn" type="submit" disabled={workspace.status.value === 'working'}>
          Save the name
        </button>
      </div>
      <p class="hint" id="slug-hint">
        Empty means that there is no page. Only what somebody publishes stands on it, readable
        without signing in; a name that is made up nobody can guess.{' '}
        {known !== null && (
          <a href={`/public/${known}`} target="_blank" rel="noopener noreferrer">
            Look at it
          </a>
        )}
      </p>
    </form>
  )
}
