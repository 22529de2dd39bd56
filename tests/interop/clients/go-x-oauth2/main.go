// golang.org/x/oauth2, used as its documentation shows it. The walk is told to a diary on standard output.
package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"time"

	"golang.org/x/oauth2"
)

var config = &oauth2.Config{
	ClientID:     os.Getenv("CLIENT_ID"),
	ClientSecret: os.Getenv("CLIENT_SECRET"),
	RedirectURL:  os.Getenv("REDIRECT_URI"),
	Endpoint:     oauth2.Endpoint{AuthURL: os.Getenv("AUTHORIZE_URL"), TokenURL: os.Getenv("TOKEN_URL")},
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "body" {
		config.Endpoint.AuthStyle = oauth2.AuthStyleInParams
	} // Without an AuthStyle the package tries Basic and, where that is refused, the body, with the same code.
	ctx := context.Background()
	state, verifier := random(), random()
	digest := sha256.Sum256([]byte(verifier))
	challenge := base64.RawURLEncoding.EncodeToString(digest[:])
	callback := open(config.AuthCodeURL(state,
		oauth2.SetAuthURLParam("code_challenge", challenge),
		oauth2.SetAuthURLParam("code_challenge_method", "S256")))
	if callback.Get("state") != state {
		log.Fatal("another state came back")
	}

	token, err := config.Exchange(ctx, callback.Get("code"), oauth2.SetAuthURLParam("code_verifier", verifier))
	check(err)
	note(token)
	call(ctx, token)
	token = refresh(ctx, refresh(ctx, token))
	call(ctx, token)

	revoke(token)
	call(ctx, token)
	_, err = config.TokenSource(ctx, expired(token)).Token()
	var refusal *oauth2.RetrieveError
	if !errors.As(err, &refusal) {
		log.Fatalf("the refresh after the end: %v", err)
	}
	var body struct{ Error string }
	check(json.Unmarshal(refusal.Body, &body))
	fmt.Println("REFUSED", body.Error)
}

// open has a person open the address and returns the query that their browser comes back with.
func open(address string) url.Values {
	fmt.Println("OPEN", address)
	input := bufio.NewScanner(os.Stdin)
	input.Scan()
	callback, err := url.Parse(input.Text())
	check(err)
	return callback.Query()
}

// refresh lets the token source think that the token is old: it has no other way to be asked.
func refresh(ctx context.Context, token *oauth2.Token) *oauth2.Token {
	refreshed, err := config.TokenSource(ctx, expired(token)).Token()
	check(err)
	note(refreshed)
	return refreshed
}

func expired(token *oauth2.Token) *oauth2.Token {
	return &oauth2.Token{RefreshToken: token.RefreshToken, Expiry: time.Now().Add(-time.Hour)}
}

// call sends the token as the package does: token_type and token in the Authorization header.
func call(ctx context.Context, token *oauth2.Token) {
	answer, err := oauth2.NewClient(ctx, oauth2.StaticTokenSource(token)).Get(os.Getenv("API"))
	check(err)
	defer answer.Body.Close()
	fmt.Println("CALLED", answer.StatusCode)
}

// revoke is the application's own: the package has none.
func revoke(token *oauth2.Token) {
	form := url.Values{"token": {token.RefreshToken}, "client_id": {config.ClientID}}
	if config.ClientSecret != "" {
		form.Set("client_secret", config.ClientSecret)
	}
	answer, err := http.PostForm(os.Getenv("REVOKE_URL"), form)
	check(err)
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusOK {
		fmt.Println("REVOKED")
	}
}

func note(token *oauth2.Token) {
	fmt.Println("TOKENS", token.TokenType, token.AccessToken, token.RefreshToken)
}

func random() string {
	bytes := make([]byte, 32)
	_, err := rand.Read(bytes)
	check(err)
	return base64.RawURLEncoding.EncodeToString(bytes)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
