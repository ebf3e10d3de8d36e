package dev.larder.patterns.session;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.io.StreamCorruptedException;
import java.io.UTFDataFormatException;
import java.util.Set;

/**
 * Reads objects that anybody may have written, for an {@link AttributeCodec} by Java serialisation. Its subclass says which classes may be read; this class sees to it that the bytes ask for no more memory than some
 * dozen times their length, for no more than 100,000 objects, none deeper than 32 within others, and for no more than a million hashes, as sets in sets would. A serial filter of the JVM is asked, too. For one thread.
 */
public abstract class LimitedObjectInput extends ObjectInputStream {

    /** An array takes a byte an element at least, and a table of hashes less than four times the elements: more is no array but an attack on memory. */
    private static final int ELEMENTS_PER_BYTE = 4;

    private static final int ELEMENTS_FOR_NOTHING = 64;

    private final Set<String> noRecords;
    private long elementsLeft;

    /**
     * Starts to read.
     *
     * @throws IOException if these are not the bytes of objects, or they would cost too much; nothing was made of them then
     */
    protected LimitedObjectInput(byte[] bytes) throws IOException {
        this(bytes, HashingCost.check(bytes));
    }

    private LimitedObjectInput(byte[] bytes, Set<String> noRecords) throws IOException {
        super(new ByteArrayInputStream(bytes));
        this.noRecords = noRecords;
        elementsLeft = ELEMENTS_FOR_NOTHING + (long) ELEMENTS_PER_BYTE * bytes.length;
        ObjectInputFilter ofTheJvm = getObjectInputFilter();
        setObjectInputFilter(ofTheJvm == null ? this::check : ObjectInputFilter.merge(this::check, ofTheJvm));
    }

    /**
     * Makes sure of bytes that were just written that a subclass of this could read them, as far as their cost, depth and number go; which classes it lets in is not asked.
     *
     * @throws IOException if it could not; the message says why
     */
    public static void requireReadable(byte[] bytes) throws IOException {
        try {
            HashingCost.check(bytes);
        } catch (EOFException | StreamCorruptedException | UTFDataFormatException e) {
            NotAllowedException unreadable = new NotAllowedException(
                    "these are not whole objects one after the other; a writeObject of a class in them must call defaultWriteObject or writeFields before it writes anything else");
            unreadable.initCause(e);
            throw unreadable;
        }
    }

    private Status check(FilterInfo info) {
        elementsLeft -= Math.max(0, info.arrayLength());
        boolean isTooMuch = elementsLeft < 0
                || info.depth() > HashingCost.MOST_DEPTH
                || info.references() > HashingCost.MOST_REFERENCES;
        return isTooMuch || !allows(info) ? Status.REJECTED : Status.ALLOWED;
    }

    /** Returns whether what is about to be made may be made; of no class, if that was already asked for. */
    protected abstract boolean allows(FilterInfo info);

    /**
     * Returns the class of a name in the form that serialisation uses, and initialises none.
     *
     * @throws ClassNotFoundException if there is none
     * @throws IOException if it is not to be read
     */
    protected abstract Class<?> find(String className) throws IOException, ClassNotFoundException;

    @Override
    protected final Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
        Class<?> type = find(description.getName());
        if (type.isRecord() && noRecords.contains(description.getName())) {
            throw new NotAllowedException("a record with more than its fields");
        }
        return type;
    }

    @Override
    protected final Class<?> resolveProxyClass(String[] interfaces) throws NotAllowedException {
        throw new NotAllowedException("a proxy is never allowed");
    }
}
