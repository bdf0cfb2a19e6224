// Says in the body's class that scripts run, before anything is drawn: govuk-frontend starts only then.
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('govuk-frontend-supported')
}
