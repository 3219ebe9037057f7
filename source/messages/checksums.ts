/** A cyclic redundancy check as the catalogue of parametrised CRC algorithms names its parameters. */
type Checksum = {
	readonly bits: 16 | 32;
	readonly polynomial: number;
	readonly initial: number;
	/** Whether bits go in, and out, the lowest first. */
	readonly isReflected: boolean;
	/** What the result is combined with by exclusive or. */
	readonly final: number;
};

/** The checksums, by the names that placeholders have. */
const checksums = {
	/** CRC-16/IBM-3740, also called CRC-16/CCITT-FALSE. */
	crc16: {
		bits: 16, polynomial: 0x10_21, initial: 0xFF_FF, isReflected: false, final: 0,
	},
	/** CRC-16/MODBUS. */
	'crc16-modbus': {
		bits: 16, polynomial: 0x80_05, initial: 0xFF_FF, isReflected: true, final: 0,
	},
	/** CRC-16/XMODEM. */
	'crc16-xmodem': {
		bits: 16, polynomial: 0x10_21, initial: 0, isReflected: false, final: 0,
	},
	/** CRC-16/IBM-SDLC, also called CRC-16/X-25: the frame check sequence of HDLC and PPP (RFC 1662). */
	'crc16-x25': {
		bits: 16, polynomial: 0x10_21, initial: 0xFF_FF, isReflected: true, final: 0xFF_FF,
	},
	/** CRC-16/ARC. */
	'crc16-arc': {
		bits: 16, polynomial: 0x80_05, initial: 0, isReflected: true, final: 0,
	},
	/** CRC-32/ISO-HDLC, the one of Ethernet, zlib and PNG (RFC 1952). */
	crc32: {
		bits: 32, polynomial: 0x04_C1_1D_B7, initial: 0xFF_FF_FF_FF, isReflected: true, final: 0xFF_FF_FF_FF,
	},
	/** CRC-32/ISCSI, also called CRC-32C (RFC 3720). */
	crc32c: {
		bits: 32, polynomial: 0x1E_DC_6F_41, initial: 0xFF_FF_FF_FF, isReflected: true, final: 0xFF_FF_FF_FF,
	},
} as const satisfies Readonly<Record<string, Checksum>>;

export type ChecksumName = keyof typeof checksums;

export const checksumNames = Object.keys(checksums) as readonly ChecksumName[];

export function isChecksum(name: string): name is ChecksumName {
	return name in checksums;
}

export function checksumBits(name: ChecksumName): number {
	return checksums[name].bits;
}

/** The checksum of some bytes, as an unsigned number. */
export function checksumOf(name: ChecksumName, bytes: Uint8Array): number {
	const {bits, polynomial, initial, isReflected, final}: Checksum = checksums[name];
	const reversed = reverseBits(polynomial, bits);
	const top = 2 ** (bits - 1);
	let register: number = initial;
	for (const byte of bytes) {
		register ^= isReflected ? byte : byte << (bits - 8);
		for (let bit = 0; bit < 8; bit++) {
			register = isReflected
				? (register >>> 1) ^ (register & 1 ? reversed : 0)
				: (register << 1) ^ (register & top ? polynomial : 0);
		}
	}

	return ((register ^ final) & (bits === 16 ? 0xFF_FF : -1)) >>> 0;
}

function reverseBits(value: number, bits: number): number {
	let reversed = 0;
	for (let bit = 0; bit < bits; bit++) {
		reversed = (reversed << 1) | ((value >>> bit) & 1);
	}

	return reversed >>> 0;
}
