import adapter from '@sveltejs/adapter-node';

/** Hashes of the two inline styles that SvelteKit itself writes: its route announcer, and `display: contents`. */
const kitStyles = [
	"'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='",
	"'sha256-tcbDxjMo+xKqM21aCGYbs/QAJqB7yUXC06oPWDapBgc='"
];

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: {
		// Components in node_modules may predate runes.
		runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true)
	},
	kit: {
		adapter: adapter(),
		alias: { '#lib': 'src/lib', '#lib/*': 'src/lib/*' },
		csp: {
			mode: 'nonce',
			directives: {
				'default-src': ["'self'"],
				'script-src': ["'self'"],
				'style-src': ["'self'"],
				'style-src-attr': ["'unsafe-hashes'", ...kitStyles],
				'img-src': ["'self'", 'data:', 'blob:'],
				'font-src': ["'self'"],
				'connect-src': ["'self'"],
				'object-src': ["'none'"],
				'base-uri': ["'none'"],
				'form-action': ["'self'"],
				'frame-ancestors': ["'none'"]
			}
		},
		typescript: {
			config: (config) => {
				for (const folder of ['server', 'tests', 'scripts', 'bench'])
					config.include.push(`../${folder}/**/*.ts`);
				config.include.push('../*.ts');
				config.exclude.push('../bench/node_modules/**');
			}
		}
	}
};
