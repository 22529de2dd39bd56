import type { RedirectUrlReason } from '../../api/types.js';

/** Why a redirect URL is refused: a reason of the API that has no sentence here doesn't compile. */
export const redirectUrls = {
  'redirectUrl.missing': 'At least one redirect URL is needed.',
  'redirectUrl.too-many': 'An application has at most {most} redirect URLs.',
  'redirectUrl.of-machine': 'A machine application has no redirect URLs: nobody signs in through it.',
  'redirectUrl.too-long': '“{url}…” is longer than {most} characters.',
  'redirectUrl.not-ascii': '“{url}” contains blanks, control or non-ASCII characters; percent-encode them.',
  'redirectUrl.wildcard': '“{url}” contains a wildcard (*); register each URL by itself.',
  'redirectUrl.backslash': '“{url}” contains a backslash, which browsers read in different ways.',
  'redirectUrl.fragment': '“{url}” has a fragment (#…), which an answer would be lost behind.',
  'redirectUrl.not-absolute': '“{url}” is not an absolute URL, for example https://app.example.com/callback.',
  'redirectUrl.credentials': '“{url}” carries a user name or password (…@), which hides where it leads.',
  'redirectUrl.http':
    '“{url}” uses http, which is allowed for localhost, 127.0.0.1 and [::1] only; use https.',
  'redirectUrl.scheme': '“{url}” uses the scheme “{scheme}”; use https.',
  'redirectUrl.private-use-scheme':
    '“{url}” uses the scheme “{scheme}”; a private-use scheme needs a dot, for example com.example.app:/callback.',
  'redirectUrl.not-normal': '“{url}” is not in its normal form; write {normal}',
  'redirectUrl.answer-parameter':
    '“{url}” has “{parameter}” in its query, which the answer uses; choose another name.',
  'redirectUrl.own-host': '“{url}” leads to this server itself; use the application’s own address.',
} as const satisfies Readonly<Record<`redirectUrl.${RedirectUrlReason}`, string>>;
