/** The audience of the demo: 33 people, so that with host, speaker and helper there are 36. */
import type { Demo } from '../demo.ts';

const names: readonly [key: string, name: string, team: string][] = [
	['yusuf', 'Yusuf Tekin', 'Claims'],
	['oskar', 'Oskar Lindqvist', 'Claims'],
	['nadia', 'Nadia Brandt', 'Claims'],
	['tess', 'Tess Marchetti', 'Actuaries'],
	['anneliese', 'Anneliese von Hohenlohe-Winkelbach (Schadenregulierung Nord)', 'Claims'],
	['leila', 'Leila Haddad', 'Legal'],
	['bruno', 'Bruno Keller', 'Sales'],
	['mei', 'Mei Tanaka', 'IT'],
	['arjun', 'Arjun Rao', 'Sales'],
	['clara', 'Clara Nowak', 'People development'],
	['dana', 'Dana Petrov', 'IT'],
	['henrik', 'Henrik Sand', 'Controlling'],
	['aisha', 'Aisha Bello', 'Claims'],
	['lars', 'Lars Vogt', 'Underwriting'],
	['ruth', 'Ruth Adler', 'Legal'],
	['tomas', 'Tomás Vega', 'Sales'],
	['ingrid', 'Ingrid Solberg', 'IT'],
	['paul', 'Paul Ferrand', 'Facilities'],
	['sofia', 'Sofia Costa', 'Marketing'],
	['jonas', 'Jonas Weber', 'Marketing'],
	['amara', 'Amara Diallo', 'Claims'],
	['erik', 'Erik Nyström', 'Underwriting'],
	['hanna', 'Hanna Maier', 'Controlling'],
	['kofi', 'Kofi Mensah', 'IT'],
	['lucia', 'Lucía Romero', 'Sales'],
	['marek', 'Marek Dvořák', 'Actuaries'],
	['nora', 'Nora Lind', 'Legal'],
	['omar', 'Omar Farouk', 'Facilities'],
	['petra', 'Petra Huber', 'Claims'],
	['rafael', 'Rafael Pinto', 'Marketing'],
	['selin', 'Selin Aydın', 'Underwriting'],
	['theo', 'Theo Laurent', 'IT'],
	['vera', 'Vera Kovač', 'Claims']
];

export const attendees: Demo['people'] = names.map(([key, name, team]) => ({
	key,
	name,
	role: 'attendee',
	team
}));
