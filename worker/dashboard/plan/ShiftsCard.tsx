import { SMALL_GROUP, type ShiftLog } from '#shared/api/plan'
import { TAG_WORDS } from '#shared/contact'

import { ScrollBox } from '../parts/ScrollBox'
import { count } from '../words'

/** What the last shifts at the desk met, as tables: never by shift, desk or person. */
export function ShiftsCard({ log }: { log: ShiftLog }) {
  const { shifts, contacts, solved, treatedWell, reactions, tags, services } = log
  return (
    <section class="card shifts" aria-labelledby="h-shifts">
      <header>
        <h2 id="h-shifts">At the desk</h2>
        <span class="meta">
          {shifts === 0 ? 'No shift yet' : shifts === 1 ? 'One shift' : `The last ${shifts} shifts`}
        </span>
      </header>
      {contacts === 0 ? (
        <p class="foot">
          A leader who sits a shift at the desk notes one card a contact. What they met stands here.
        </p>
      ) : (
        <div class="tables">
          <Counts
            caption={count(contacts, 'contact')}
            rows={[
              ['Solved at once', solved.yes],
              ['Solved later', solved.later],
              ['Not solved', solved.no],
            ]}
          />
          {treatedWell === null ? (
            <p class="foot">
              How people felt treated is shown of {SMALL_GROUP} contacts or more, so that nobody can
              be worked out.
            </p>
          ) : (
            <Counts
              caption="Treated well?"
              rows={[
                ['Yes', treatedWell.yes],
                ['Unsure', treatedWell.unsure],
                ['No', treatedWell.no],
              ]}
            />
          )}
          {reactions !== null && (
            <Counts
              caption="How they left"
              rows={[
                ['−2, upset', reactions['-2']],
                ['−1', reactions['-1']],
                ['0', reactions['0']],
                ['+1', reactions['1']],
                ['+2, delighted', reactions['2']],
              ]}
            />
          )}
          {tags.length > 0 && (
            <Counts
              caption="What leaders noticed"
              rows={tags.map(({ tag, contacts: times }) => [TAG_WORDS[tag], times])}
            />
          )}
          {services.length > 0 && (
            <Counts
              caption="What it was about"
              rows={services.map(({ service, contacts: times }) => [service, times])}
            />
          )}
        </div>
      )}
    </section>
  )
}

function Counts({ caption, rows }: { caption: string; rows: [words: string, times: number][] }) {
  return (
    <ScrollBox label={caption}>
      <table class="table counts">
        <caption>{caption}</caption>
        <tbody>
          {rows.map(([words, times]) => (
            <tr key={words}>
              <th scope="row">{words}</th>
              <td class="num">{times}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
