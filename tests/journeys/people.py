"""Somebody at a screen: sees what is there, clicks, writes. Knows one address by heart, the front page of his network."""

import re
import subprocess
import sys
import time

from playwright.sync_api import expect

from zhengtong.cli import demo

PATIENCE = 60_000  # milliseconds for what this machine does itself
STOPS = 60  # so many Tabs are more than anybody's patience
CARRYING = 240  # seconds for what the ferry brings


def starts(text):
    """A name that begins so; what follows is a count or 选填."""
    return re.compile(rf"^\s*{re.escape(text)}")


class Visitor:
    """Anybody with a browser."""

    def __init__(self, context, eyes, front):
        self.context, self.eyes, self.front = context, eyes, front
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        eyes.open(self.page)

    @property
    def main(self):
        return self.page.get_by_role("main")

    def arrive(self):
        """Type the network's front address."""
        self.page.goto(self.front)
        self.look()
        return self

    def look(self):
        self.eyes.read(self.page)
        return self

    def picture(self, name):
        self.eyes.picture(self.page, name)
        return self

    def sees(self, text, within=None):
        expect((within or self.page).get_by_text(text).first).to_be_visible(timeout=PATIENCE)
        return self

    def misses(self, text, within=None):
        expect((within or self.page).get_by_text(text)).to_have_count(0)
        return self

    def stands_on(self, heading):
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible(timeout=PATIENCE)
        return self

    def until(self, text, again):
        """What another network sends comes by itself: look again until it is there."""
        ends = time.monotonic() + CARRYING
        again()
        while not self.main.get_by_text(text).first.is_visible():
            assert time.monotonic() < ends, f"“{text}” did not arrive in {CARRYING} s"
            self.page.wait_for_timeout(1000)  # no haste; what decides is what the page shows
            again()
        return self

    def follow(self, link, within=None):
        """Click a link, the first of that name, and look at where it leads."""
        with self.page.expect_navigation():
            (within or self.main).get_by_role("link", name=starts(link)).first.click()
        return self.look()

    def press(self, button, within=None):
        """Press a button that hands something in, and look at the answer."""
        with self.page.expect_navigation():
            (within or self.main).get_by_role("button", name=button, exact=True).click()
        return self.look()

    def open(self, button, within=None):
        """Press a button that opens a part of the same page, and look at that."""
        (within or self.main).get_by_role("button", name=button, exact=True).click()
        return self.look()

    def tab_to(self, target):
        """Press Tab until the target has the focus, as somebody without a mouse must."""
        focused = self.page.locator(":focus")
        for _ in range(STOPS):
            if focused.and_(target).count():
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} is not reached by {STOPS} Tabs")

    def dialog(self, name):
        return self.page.get_by_role("dialog", name=name)

    def field(self, label, within=None):
        return (within or self.main).get_by_label(starts(label))

    def write(self, label, text, within=None):
        self.field(label, within).fill(text)
        return self

    def body(self):
        """The text of a draft as its form holds it, whatever editor stands before it."""
        return self.page.locator("textarea[name=text]").input_value()

    def choose(self, label, option, within=None):
        self.field(label, within).select_option(label=option)
        return self

    def tick(self, label, within=None):
        (within or self.main).get_by_label(label, exact=True).check()
        return self

    def tick_only(self, label):
        """Of a list's boxes this one, whatever other journeys left in the list."""
        for box in self.main.get_by_role("checkbox").all():
            box.uncheck()
        return self.tick(label)

    def attach(self, label, path, within=None):
        self.field(label, within).set_input_files(path)
        return self

    def save(self, link, within=None):
        """Alt-click saves what a link leads to instead of opening it."""
        with self.page.expect_download() as download:
            (within or self.main).get_by_role("link", name=link).click(modifiers=["Alt"])
        return download.value.path()

    def column(self, name):
        """A column of the public site, by its navigation; on a phone that is opened first."""
        bar = self.page.get_by_role("navigation", name="栏目导航")
        if not bar.is_visible():
            self.open("栏目", self.page.get_by_role("banner"))
        return self.follow(name, bar)

    def leave(self):
        self.context.close()


class Person(Visitor):
    """Somebody with an account, signed in through the form."""

    def __init__(self, context, eyes, front, county, network, username):
        super().__init__(context, eyes, front)
        row = next(row for row in demo.accounts() if row["username"] == username)
        self.county, self.network, self.username, self.secret, self.name = county, network, username, row["secret"], row["name"]

    def sign_in(self, secret=None):
        """Account and secret; then the code, where the page asks for one."""
        self.arrive().write("账号", self.username)
        self.page.get_by_label(re.compile("口令")).fill(secret or self.secret)
        self.press("登录")
        if self.page.get_by_role("heading", name="输入动态码").is_visible():
            self.write("动态码", self.county.code(self.username)).press("确定")
        return self

    def sign_out(self):
        self.page.get_by_role("banner").get_by_text(self.name).click()
        return self.press("退出", self.page.get_by_role("banner"))

    def menu(self, entry):
        """An entry of the side bar; on a phone the menu is opened first."""
        side = self.page.get_by_role("navigation", name="主导航")
        if not side.is_visible():
            self.open("菜单", self.page.get_by_role("banner"))
        return self.follow(entry, side)

    def home(self):
        """The house's name leads home."""
        return self.follow("政通", self.page.get_by_role("banner"))

    def act(self, verb, pin=False, **fields):
        """Open a verb's dialog, fill it in, confirm it: with the key's PIN where the act is official."""
        self.open(verb, self.page.get_by_role("group", name="我要办的"))
        return self.confirm(verb, verb, pin, **fields)

    def confirm(self, title, verb, pin=True, **fields):
        """Fill in an open dialog and confirm."""
        dialog = self.dialog(title)
        for label, text in fields.items():
            self.write(label, text, dialog)
        if pin:
            self.write("密钥口令", self.secret, dialog)
        return self.press(verb, dialog)


class County:
    """The running demo: where it answers, and what its owner may ask at the command line."""

    def __init__(self, home, ports):
        self.home, self.ports = home, ports

    def front(self, network):
        return f"http://localhost:{self.ports[network]}/"

    def demo(self, *words):
        """`zhengtong demo …` at this home."""
        command = [sys.executable, "-m", "zhengtong.cli", "demo", "--home", str(self.home), *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def code(self, username):
        return re.search(r"\b\d{6}\b", self.demo("code", username)).group()
