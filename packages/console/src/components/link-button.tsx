import { Anchor, Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';

/** The router's links in Mantine's dress: typed paths, loaded ahead when somebody points at them. */
export const LinkButton = createLink(Button<'a'>);
export const TextLink = createLink(Anchor<'a'>);
