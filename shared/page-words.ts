/** Words of addresses, in lower case: they decide what a path segment may be. */

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

/** After these comes somebody's name or number. */
export const PEOPLE_WORDS = list(
  `user users patient patients person persons people employee employees staff profile profiles member members
  student students customer customers client clients contact contacts account accounts colleague colleagues
  doctor doctors physician physicians clinician clinicians nurse nurses visitor visitors resident residents
  personal author authors owner owners assignee requester requesters caller callers recipient recipients
  agent agents participant participants applicant applicants candidate candidates guest guests friend friends
  mailbox mailboxes mrn u benutzer patienten mitarbeiter personen kunden utilisateurs usuarios pacientes`,
)

/** After these comes a secret. */
export const SECRET_WORDS = list(
  `token tokens access-token access_token magic magic-link magiclink magic_link reset reset-password
  password-reset password_reset resetpassword verify verification verify-email confirm confirmation activate
  activation invite invites invitation invitations unsubscribe otp session sessions sessionid sid jsessionid
  one-time onetime secret secrets key keys apikey api-key code codes ticket-token signature sig nonce state
  share shared-link s optout opt-out passwordless callback-token jwt auth-token autologin auto-login`,
)

/** Pages, actions and the usual topics of a portal, which stay readable after either. */
export const PAGE_WORDS = list(
  `about access account accounts activate activity add admin administration advanced all api app apply approve
  archive assets auth authorize avatar back billing browse bulk calendar callback cancel catalog categories
  change change-password chat check choose close code complete confirm confirmation consent contact contact-us
  contacts create current dashboard data default delete detail details directory disable done download edit
  email error expired export faq feedback files filter find finish forgot forgot-password form forms forward
  general groups guide help history home import inbox index info information invite invitation join knowledge
  legal list login logout log-in log-out lookup main manage management map me merge messages methods mfa mine
  my new next notifications oidc open options orders overview page password people personal phone photo picture
  portal portals preferences preview print privacy profile profiles prompt public query queue recent register
  registration remove reply report reports request requests required resend reset results review roles saml
  save schedule search security select self send services session sessions settings setup share sign-in
  sign-out sign-up signin signout signup sms sso start status success summary support tasks team teams terms
  thank-you thanks wifi wi-fi network vpn email printing printers software hardware laptop laptops computers phones training benefits
  handbook housing parking library payroll it hr helpdesk help-desk service-desk policies rights faqs news events tickets token update upload us user users verify view welcome`,
)
