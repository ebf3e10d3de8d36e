package dev.larder.patterns.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;

/** Reads allowed classes only, and no more of them than the bytes can hold. */
final class CheckedInput extends ObjectInputStream {

    private static final int MOST_DEPTH = 32;
    private static final int MOST_REFERENCES = 100_000;
    private static final int ELEMENTS_PER_BYTE = 4;
    private static final int ELEMENTS_FOR_NOTHING = 64;

    private final SerialClasses classes;
    private long elementsLeft;

    /** Reads bytes of which there are so many. */
    CheckedInput(InputStream bytes, int length, SerialClasses classes) throws IOException {
        super(bytes);
        this.classes = classes;
        this.elementsLeft = ELEMENTS_FOR_NOTHING + (long) ELEMENTS_PER_BYTE * length;
        ObjectInputFilter ofTheJvm = getObjectInputFilter();
        setObjectInputFilter(ofTheJvm == null ? this::check : ObjectInputFilter.merge(this::check, ofTheJvm));
    }

    private ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo info) {
        elementsLeft -= Math.max(0, info.arrayLength());
        boolean isTooMuch = elementsLeft < 0 || info.depth() > MOST_DEPTH || info.references() > MOST_REFERENCES;
        return isTooMuch || !classes.allows(info)
                ? ObjectInputFilter.Status.REJECTED
                : ObjectInputFilter.Status.ALLOWED;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
        return classes.find(description.getName());
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaces) throws NotAllowedException {
        throw new NotAllowedException("a proxy is never allowed");
    }
}
