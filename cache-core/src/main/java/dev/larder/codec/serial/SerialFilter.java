package dev.larder.codec.serial;

import dev.larder.codec.CodecLimits;
import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/**
 * The limits on the way back: depth, objects, and the length of arrays; then the filter of the JVM, if it has one. For
 * one stream. Which classes may appear at all is decided by {@link CheckedInput}; this is asked, too, about what
 * allowed classes put in their own place, hidden classes of the JDK among them.
 *
 * <p>Depth is what keeps hashing affordable: sets inside sets, each twice in the next, take twice as long per level.
 * Arrays are allocated on the word of the stream, so together they may have no more elements than a few times the bytes
 * there are; a hashed collection asks for two to three times its size.
 */
final class SerialFilter implements ObjectInputFilter {

    private static final int ELEMENTS_PER_BYTE = 4;
    private static final int ELEMENTS_FOR_NOTHING = 64;

    /** The JVM counts null and repeated references like objects, the writer does not. */
    private static final int REFERENCES_PER_OBJECT = 4;

    private final CodecLimits limits;
    private long elementsLeft;
    private @Nullable ObjectInputFilter next;
    private boolean metLimit;

    SerialFilter(CodecLimits limits, int bytes) {
        this.limits = limits;
        this.elementsLeft = ELEMENTS_FOR_NOTHING + (long) ELEMENTS_PER_BYTE * bytes;
    }

    SerialFilter and(@Nullable ObjectInputFilter another) {
        next = another;
        return this;
    }

    /** Whether it was a limit, and not a class, that ended the reading. */
    boolean metLimit() {
        return metLimit;
    }

    @Override
    public Status checkInput(FilterInfo info) {
        if (exceedsLimits(info)) {
            metLimit = true;
            return Status.REJECTED;
        }
        boolean isRejected = next != null && next.checkInput(info) == Status.REJECTED;
        return isRejected ? Status.REJECTED : Status.ALLOWED;
    }

    private boolean exceedsLimits(FilterInfo info) {
        elementsLeft -= Math.max(0, info.arrayLength());
        return elementsLeft < 0
                || info.depth() > limits.maxSerialDepth()
                || info.references() > REFERENCES_PER_OBJECT * (long) limits.maxSerialObjects();
    }
}
