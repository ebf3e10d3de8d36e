package dev.larder.copy;

/** The copier that the tests share, with the tests' own class loader. */
final class Copying {

    private static final ValueCopier COPIER = ValueCopier.using(Copying.class.getClassLoader());

    private Copying() {}

    @SuppressWarnings("unchecked") // a copy is of its original's class
    static <T> T copy(T value) {
        return (T) COPIER.copy(value);
    }
}
