"""Authlib's OAuth2Session on requests, used as its documentation shows it."""

import os
import sys

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.common.security import generate_token

import diary

method = sys.argv[1]
token_url = os.environ["TOKEN_URL"]
api = os.environ["API"]

session = OAuth2Session(
    os.environ["CLIENT_ID"],
    os.environ.get("CLIENT_SECRET"),
    redirect_uri=os.environ["REDIRECT_URI"],
    token_endpoint_auth_method=method,
    revocation_endpoint_auth_method=method,
    code_challenge_method="S256",
)
verifier = generate_token(48)
url, state = session.create_authorization_url(
    os.environ["AUTHORIZE_URL"], code_verifier=verifier
)
callback = diary.opens(url)

diary.tokens(
    session.fetch_token(
        token_url,
        authorization_response=callback,
        code_verifier=verifier,
        state=state,
    )
)
diary.called(session.get(api).status_code)
diary.tokens(session.refresh_token(token_url))
diary.tokens(session.refresh_token(token_url))
diary.called(session.get(api).status_code)

session.revoke_token(
    os.environ["REVOKE_URL"],
    token=session.token["refresh_token"],
    token_type_hint="refresh_token",
).raise_for_status()
diary.revoked()
diary.called(session.get(api).status_code)
try:
    session.refresh_token(token_url)
except OAuthError as refusal:
    diary.refused(refusal.error)
