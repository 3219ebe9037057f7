import test from 'ava';
import {sourceLanguages} from '../../source/programs/languages.ts';
import {projectListing} from '../../source/programs/listing.ts';

test.serial('a name comes in its ASCII form also on Node 22.0, which has no URL.parse', t => {
	const {parse} = URL;
	// @ts-expect-error -- As it is there.
	URL.parse = undefined;
	t.teardown(() => {
		URL.parse = parse;
	});
	for (const language of sourceLanguages) {
		const listing = projectListing(
			{role: 'client', protocol: 'udp', address: {host: '안녕.example', port: 1}},
			language,
		);
		t.true(JSON.stringify(listing).includes('xn--o70b819a.example'), `${language}`);
	}
});
