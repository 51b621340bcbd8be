import { Icon } from '../panel/Icon'
import { useKeys } from '../panel/keys'
import type { MeTooModel } from './me-too'
import type { Offer } from './offer-words'

/** A small card under a saved note: at most three entries, one tap each, and a way to see none. */
export function MeTooCard({ model }: { model: MeTooModel }) {
  useKeys((key) => {
    const offer = model.offers.peek()[Number(key) - 1]
    if (key === 'Escape') model.close()
    else if (offer !== undefined) void model.toggle(offer)
    else return false
    return true
  })
  return (
    <section class="me-too" aria-labelledby="me-too">
      <div class="line">
        <h2 class="grow" id="me-too">
          The same as yours?
        </h2>
        <button
          class="btn quiet icon"
          type="button"
          aria-label="None of these"
          onClick={() => model.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      <ol class="list">
        {model.offers.value.map((offer, index) => (
          <li key={offer.entryId}>
            <p class="grow" id={`me-too-${index}`}>
              <b>
                {offer.lead}
                {offer.title !== null && (
                  <>
                    : <cite>{offer.title}</cite>
                  </>
                )}
              </b>
              <span class="meta">{offer.reason}</span>
            </p>
            <Join model={model} offer={offer} index={index} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Join({ model, offer, index }: { model: MeTooModel; offer: Offer; index: number }) {
  const isOn = model.joined.value === offer.entryId
  return (
    <button
      class="chip"
      type="button"
      aria-pressed={isOn}
      aria-describedby={`me-too-${index}`}
      onClick={() => void model.toggle(offer)}
    >
      <Icon name="check" /> Me too <span class="key">{index + 1}</span>
    </button>
  )
}
