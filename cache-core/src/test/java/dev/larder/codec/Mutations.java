package dev.larder.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes broken bytes of good ones: flipped, cut, grown, mixed with others, or made of nothing. Seeded. */
public final class Mutations {

    private final Random random;
    private final List<byte[]> good;

    public Mutations(long seed, List<byte[]> good) {
        this.random = new Random(seed);
        this.good = good;
    }

    public byte[] next() {
        byte[] bytes = pick().clone();
        return switch (random.nextInt(10)) {
            case 0 -> noise();
            case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 2 -> Arrays.copyOf(bytes, bytes.length + random.nextInt(20));
            case 3 -> spliced(bytes, pick());
            case 4, 5 -> largeNumbers(bytes);
            default -> flipped(bytes);
        };
    }

    private byte[] pick() {
        return good.get(random.nextInt(good.size()));
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] flipped(byte[] bytes) {
        for (int i = 1 + random.nextInt(6); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    /** What a length might be read from. */
    private byte[] largeNumbers(byte[] bytes) {
        int start = random.nextInt(bytes.length + 1);
        int end = Math.min(bytes.length, start + 1 + random.nextInt(5));
        Arrays.fill(bytes, start, end, random.nextBoolean() ? (byte) 0x7F : (byte) 0xFF);
        return bytes;
    }

    private byte[] spliced(byte[] head, byte[] tail) {
        int headLength = random.nextInt(head.length + 1);
        int tailStart = random.nextInt(tail.length + 1);
        byte[] spliced = Arrays.copyOf(head, headLength + tail.length - tailStart);
        System.arraycopy(tail, tailStart, spliced, headLength, tail.length - tailStart);
        return spliced;
    }
}
