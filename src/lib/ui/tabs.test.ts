import { describe, expect, it } from 'vitest';
import { tabByKey, type Tab } from './tabs.ts';

const tabs: Tab[] = [
	{ id: 'topics', label: 'Topics' },
	{ id: 'takeaways', label: 'Takeaways: in P5', disabled: true },
	{ id: 'notes', label: 'Notes' }
];

describe('keys on tabs', () => {
	it('lead over tabs that are not open, and round the ends', () => {
		expect(tabByKey(tabs, 'topics', 'ArrowRight')).toBe('notes');
		expect(tabByKey(tabs, 'notes', 'ArrowRight')).toBe('topics');
		expect(tabByKey(tabs, 'topics', 'ArrowLeft')).toBe('notes');
		expect(tabByKey(tabs, 'notes', 'Home')).toBe('topics');
		expect(tabByKey(tabs, 'topics', 'End')).toBe('notes');
	});

	it('that mean nothing here lead nowhere', () => {
		expect(tabByKey(tabs, 'topics', 'a')).toBeNull();
		expect(tabByKey([], 'topics', 'ArrowRight')).toBeNull();
	});
});
