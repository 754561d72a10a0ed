/** Colours for what is painted on a canvas, which knows no variables; they change with the theme. */
export class Palette {
	#turned = $state(0);
	#known = new Map<string, string>();
	readonly #stop: () => void;

	constructor() {
		const turn = () => {
			this.#known.clear();
			this.#turned++;
		};
		const system = matchMedia('(prefers-color-scheme: dark)');
		const chosen = new MutationObserver(turn);
		chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
		system.addEventListener('change', turn);
		this.#stop = () => {
			chosen.disconnect();
			system.removeEventListener('change', turn);
		};
	}

	/** Resolved through the element that is painted on. Inside an effect: runs it again in another theme. */
	of<Name extends string>(
		element: HTMLElement,
		variables: Readonly<Record<Name, `--${string}`>>
	): Readonly<Record<Name, string>> {
		void this.#turned;
		const colours: Partial<Record<Name, string>> = {};
		for (const name in variables) {
			const variable = variables[name];
			let colour = this.#known.get(variable);
			if (colour === undefined) {
				element.style.color = `var(${variable})`;
				colour = getComputedStyle(element).color;
				this.#known.set(variable, colour);
			}
			colours[name] = colour;
		}
		// every name of `variables` was given its colour
		return colours as Record<Name, string>;
	}

	stop(): void {
		this.#stop();
	}
}
