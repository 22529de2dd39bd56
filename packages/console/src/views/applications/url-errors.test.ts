import { expect, test } from 'vitest';
import { urlErrorsOf } from './url-errors.js';

const SENT = ['https://a.example/', 'https://b.example/'];

test('what is said of one URL stands at its field, counted without the empty ones, which are not sent', () => {
  expect(urlErrorsOf({ 'redirect_urls.1': 'no' }, SENT)).toEqual({ 1: 'no' });
  expect(urlErrorsOf({ 'redirect_urls.1': 'no' }, ['', 'https://a.example/', '', 'x'])).toEqual({ 3: 'no' });
});

test('what is said of all of them stands at the first', () => {
  expect(urlErrorsOf({ redirect_urls: 'too many' }, SENT)).toEqual({ 0: 'too many' });
  expect(urlErrorsOf({ redirect_urls: 'none' }, [''])).toEqual({ 0: 'none' });
});

test('what is said of other fields stands nowhere here', () => {
  expect(urlErrorsOf({ name: 'no' }, SENT)).toEqual({});
});
