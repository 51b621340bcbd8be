interface FormEndProps {
  /** `Save the cause`. */
  save: string
  canSave?: boolean
  leave: () => void
}

export function FormEnd({ save, canSave = true, leave }: FormEndProps) {
  return (
    <div class="wrap">
      <button class="btn primary" type="submit" disabled={!canSave}>
        {save}
      </button>
      <button class="btn quiet" type="button" onClick={leave}>
        Leave it
      </button>
    </div>
  )
}
