"""requests-oauthlib, used as its documentation shows it. The walk is told to a diary on standard output."""

import base64
import hashlib
import os
import secrets
import sys

import requests
from oauthlib.oauth2 import OAuth2Error
from requests_oauthlib import OAuth2Session

import diary

client_id = os.environ["CLIENT_ID"]
client_secret = os.environ.get("CLIENT_SECRET")
token_url = os.environ["TOKEN_URL"]
api = os.environ["API"]

# How the client authenticates. What it is to send along each time is the caller's business in this version.
method = sys.argv[1]
if method == "basic":
    exchange = {"client_secret": client_secret}
    credentials = {"auth": (client_id, client_secret)}
elif method == "body":
    exchange = {"client_secret": client_secret, "include_client_id": True}
    credentials = {"client_id": client_id, "client_secret": client_secret}
else:
    exchange = {"include_client_id": True}
    credentials = {"client_id": client_id}

# PKCE, too.
verifier = secrets.token_urlsafe(48)
digest = hashlib.sha256(verifier.encode()).digest()
challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
request = {"code_challenge": challenge, "code_challenge_method": "S256"}
exchange["code_verifier"] = verifier

session = OAuth2Session(client_id, redirect_uri=os.environ["REDIRECT_URI"])
url, _state = session.authorization_url(os.environ["AUTHORIZE_URL"], **request)
callback = diary.opens(url)

diary.tokens(session.fetch_token(token_url, authorization_response=callback, **exchange))
diary.called(session.get(api).status_code)
diary.tokens(session.refresh_token(token_url, **credentials))
diary.tokens(session.refresh_token(token_url, **credentials))
diary.called(session.get(api).status_code)

# The session has no revocation: an application posts it itself.
form = {"token": session.token["refresh_token"]}
form.update((name, value) for name, value in credentials.items() if name != "auth")
answer = requests.post(os.environ["REVOKE_URL"], data=form, auth=credentials.get("auth"))
answer.raise_for_status()
diary.revoked()
diary.called(session.get(api).status_code)
try:
    session.refresh_token(token_url, **credentials)
except OAuth2Error as refusal:
    diary.refused(refusal.error)
