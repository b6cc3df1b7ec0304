"""The stylesheet that people are sent: GOV.UK Frontend without what belongs to GOV.UK alone, and without what no page uses."""

from governance.look import WEB_FACES, font_faces, neutral_css, only_components


def test_what_belongs_to_gov_uk_is_taken_out() -> None:
    css = '@font-face{font-family:"GDS Transport";src:url(a)}a{font-family:GDS Transport,arial,sans-serif;background:url(/assets/images/c.svg)}'
    assert neutral_css(css).strip() == "a{font-family:var(--site-font,arial,sans-serif);background:none}"


def test_components_that_no_page_uses_are_left_out() -> None:
    css = (
        '@charset "UTF-8";:root{--a:1}.govuk-button,.govuk-tabs{color:red}.govuk-tabs__list{color:red}'
        "@media print{.govuk-tabs{color:red}.govuk-button--secondary:not(.govuk-tabs,a){color:red}}"
        "@supports (a:b){@media print{.govuk-button{color:blue}}}.govuk-\\!-margin-0{margin:0}h1{margin:0}"
    )
    assert only_components(css, frozenset({"button"})) == (
        ":root{--a:1}.govuk-button{color:red}@supports (a:b){@media print{.govuk-button{color:blue}}}h1{margin:0}"
    )


def test_browsers_are_sent_two_cuts() -> None:
    rules = font_faces({"latin": "U+0000-00FF", "latin-ext": "U+0100-02BA"})
    assert rules.count("@font-face") == 2 * len(WEB_FACES) == 4
    assert "italic" not in rules
