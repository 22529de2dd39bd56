/**
 * Keeps **Allow access** from being pressed by a click that was meant for something else: a page that was in
 * this place a moment ago, or a window that lay above this one. Allow works only half a second after the
 * page is seen and has the focus. Capture phase, so that nothing on the page hears the click first. Without
 * this script the stylesheet's animation still covers the first half second.
 */
export const consentScript = `(function () {
  'use strict';
  var waitMs = 500;
  var selector = 'button[name="decision"][value="allow"]';
  var armed = false;
  var timer;

  function show() {
    var button = document.querySelector(selector);
    if (button) button.toggleAttribute('data-waiting', !armed);
  }
  function disarm() {
    clearTimeout(timer);
    armed = false;
    show();
  }
  function wait() {
    disarm();
    if (document.visibilityState !== 'visible' || !document.hasFocus()) return;
    timer = setTimeout(function () {
      armed = document.visibilityState === 'visible' && document.hasFocus();
      show();
    }, waitMs);
  }
  function isAllow(element) {
    return element instanceof Element && element.closest(selector) !== null;
  }
  function stop(event) {
    if (armed) return;
    // A submit without a button is no decision, and nothing that we know of sends one.
    if (event.type === 'submit' ? !event.submitter || isAllow(event.submitter) : isAllow(event.target)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }

  document.addEventListener('click', stop, true);
  document.addEventListener('submit', stop, true);
  document.addEventListener('visibilitychange', wait);
  document.addEventListener('DOMContentLoaded', wait);
  window.addEventListener('pageshow', wait);
  window.addEventListener('focus', wait);
  window.addEventListener('blur', disarm);
  wait();
})();
`;
