/* Progressive enhancement only. Every page works with this file missing. */
(function () {
  "use strict";
  var doc = document;
  doc.documentElement.dataset.js = "on";

  // Buttons that only make sense with script ship hidden.
  doc.querySelectorAll("[data-needs-js]").forEach(function (el) { el.hidden = false; });

  // <a href="/…/remove-roles" data-dialog="id">: the page is the fallback, the dialog is the shortcut.
  function open(e, link) {
    if (e.metaKey || e.ctrlKey || e.shiftKey || e.altKey || e.button !== 0) return;
    var box = doc.getElementById(link.dataset.dialog);
    if (box && typeof box.showModal === "function") { e.preventDefault(); box.showModal(); }
  }

  // <button data-copy="field" data-say="status" data-done="Copied">
  function copy(button) {
    var field = doc.getElementById(button.dataset.copy);
    if (!field) return;
    var say = doc.getElementById(button.dataset.say);
    var done = function () { if (say) say.textContent = button.dataset.done; };
    var byHand = function () { field.select(); if (doc.execCommand("copy")) done(); };
    field.select();
    if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(done, byHand);
    else byHand();
  }

  // <button data-show="field" data-show-label="Show" data-hide-label="Hide" aria-pressed="false">
  function show(button, on) {
    var field = doc.getElementById(button.dataset.show);
    if (!field) return;
    field.type = on ? "text" : "password";
    button.textContent = on ? button.dataset.hideLabel : button.dataset.showLabel;
    button.setAttribute("aria-pressed", String(on));
  }

  doc.addEventListener("click", function (e) {
    if (!(e.target instanceof Element)) return;
    var el = e.target.closest("a[data-dialog], [data-close], [data-copy], [data-show], [data-print]");
    if (!el) return;
    if (el.matches("a[data-dialog]")) open(e, el);
    else if (el.matches("[data-print]")) window.print();
    else if (el.matches("[data-copy]")) copy(el);
    else if (el.matches("[data-show]")) show(el, el.getAttribute("aria-pressed") !== "true");
    else if (el.closest("dialog")) { e.preventDefault(); el.closest("dialog").close(); }
  });

  // <form data-preview="id">: the same page as its "Update preview" button brings, without leaving
  // this one. Only the newest answer is shown.
  doc.querySelectorAll("form[data-preview]").forEach(function (form) {
    var asked = 0, timer;
    function refresh() {
      var mine = ++asked, fields = new URLSearchParams(new FormData(form));
      fields.set("step", "preview");
      fetch(form.action, { method: "POST", body: fields, redirect: "error" }).then(function (answer) {
        return answer.ok ? answer.text() : Promise.reject();
      }).then(function (page) {
        var id = form.dataset.preview, now = doc.getElementById(id);
        var next = new DOMParser().parseFromString(page, "text/html").getElementById(id);
        if (mine === asked && now && next) now.replaceWith(next);
      }).catch(function () { /* The button still does it. */ });
    }
    form.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(refresh, 400); });
  });

  // A password that is shown is hidden again before it is sent, so that no browser remembers it.
  doc.addEventListener("submit", function (e) {
    e.target.querySelectorAll("[data-show]").forEach(function (button) { show(button, false); });
  });

  // The error summary, or what the last step did, takes focus once, so it is read first.
  var first = doc.querySelector(".errors[tabindex]") || doc.querySelector(".said[tabindex]");
  if (first) first.focus();
})();
