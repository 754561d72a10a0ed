/** Everything on a screen comes live; and views may set `style:`, which the CSP closes for a server's markup. */
export const ssr = false;
