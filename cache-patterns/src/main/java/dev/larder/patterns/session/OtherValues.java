package dev.larder.patterns.session;

/** What a codec does with values that are not plain. */
interface OtherValues {

    /** Knows none. */
    OtherValues NONE = new OtherValues() {
        @Override
        public boolean takesCollections() {
            return false;
        }

        @Override
        public String nameOf(Object value) {
            throw new IllegalArgumentException("class " + value.getClass().getName()
                    + " is no plain value; allow it: AttributeCodec.jackson("
                    + value.getClass().getSimpleName() + ".class)");
        }

        @Override
        public byte[] write(Object value) {
            throw new IllegalArgumentException("no plain value");
        }

        @Override
        public Object read(String name, byte[] bytes) throws UnreadableAttributeException {
            throw new UnreadableAttributeException("no plain value");
        }
    };

    /** Whether collections are for this, too, and not written element by element. */
    boolean takesCollections();

    /**
     * Returns what stands for the class of a value.
     *
     * @throws IllegalArgumentException if there is nothing
     */
    String nameOf(Object value);

    /** Writes a value. */
    byte[] write(Object value);

    /** Reads a value of the class for which the name stands. */
    Object read(String name, byte[] bytes) throws UnreadableAttributeException;
}
