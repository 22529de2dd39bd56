import { Anchor, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';

const AnchorButton = (props: ButtonProps & ComponentProps<'a'>): ReactNode => (
  <Button component="a" {...props} />
);

/** The router's links in Mantine's dress: typed paths, loaded ahead when somebody points at them. */
export const LinkButton = createLink(AnchorButton);
export const TextLink = createLink(Anchor<'a'>);
