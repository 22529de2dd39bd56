"""What the walk's client saw, one line each; external-walks.ts reads them."""


def tell(*words):
    print(*words, flush=True)


def opens(url):
    """Has a person open the address; returns the URL that their browser is sent to."""
    tell("OPEN", url)
    return input()


def tokens(token):
    tell("TOKENS", token["token_type"], token["access_token"], token["refresh_token"])


def called(status):
    tell("CALLED", status)


def revoked():
    tell("REVOKED")


def refused(error):
    tell("REFUSED", error)
