#!/usr/bin/env bash
# curl and a shell, for those who use no library. The walk is told to a diary on standard output.
# How the client authenticates: basic (a form), json (all in a JSON body), public (PKCE).
set -euo pipefail
how=$1

field() { # field NAME <JSON: its value, a string
  sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}

post() { # post URL NAME=VALUE...: the answer's body, whatever its status
  local url=$1 arguments=() members=() pair
  shift
  case $how in
    json)
      for pair in "$@" "client_id=$CLIENT_ID" "client_secret=$CLIENT_SECRET"; do
        members+=("\"${pair%%=*}\":\"${pair#*=}\"")
      done
      arguments=(-H 'Content-Type: application/json' -d "{$(IFS=,; echo "${members[*]}")}")
      ;;
    basic) arguments=(-u "$CLIENT_ID:$CLIENT_SECRET") ;;
    public) arguments=(--data-urlencode "client_id=$CLIENT_ID") ;;
  esac
  if [ "$how" != json ]; then
    for pair in "$@"; do arguments+=(--data-urlencode "$pair"); done
  fi
  curl -sS "${arguments[@]}" "$url"
}

tokens() { # tokens JSON: tells them, and keeps them
  access_token=$(field access_token <<<"$1")
  refresh_token=$(field refresh_token <<<"$1")
  echo "TOKENS $(field token_type <<<"$1") $access_token $refresh_token"
}

call() {
  echo "CALLED $(curl -sS -o /dev/null -w '%{http_code}' -H "sessionID: $access_token" "$API")"
}

refresh() {
  post "$TOKEN_URL" grant_type=refresh_token "refresh_token=$refresh_token"
}

state=$RANDOM$RANDOM$RANDOM
query="response_type=code&client_id=$CLIENT_ID&redirect_uri=$REDIRECT_URI&state=$state"
proof=()
if [ "$how" = public ]; then
  verifier=$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')
  challenge=$(printf %s "$verifier" | openssl dgst -sha256 -binary | base64 | tr '+/' '-_' | tr -d '=')
  query+="&code_challenge=$challenge&code_challenge_method=S256"
  proof=("code_verifier=$verifier")
fi
echo "OPEN $AUTHORIZE_URL?$query"
read -r callback
[[ "$callback" == *"state=$state"* ]]
code=$(sed -n 's/.*[?&]code=\([^&]*\).*/\1/p' <<<"$callback")

tokens "$(post "$TOKEN_URL" grant_type=authorization_code "code=$code" "redirect_uri=$REDIRECT_URI" "${proof[@]}")"
call
tokens "$(refresh)"
tokens "$(refresh)"
call
[ "$(post "$REVOKE_URL" "token=$refresh_token")" = '{}' ]
echo REVOKED
call
echo "REFUSED $(refresh | field error)"
