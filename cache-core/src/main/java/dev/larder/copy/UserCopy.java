package dev.larder.copy;

/** Copies with a copier that the user registered for a class and what extends or implements it. */
final class UserCopy implements Strategy {

    private final Class<?> type;
    private final Copier<Object> copier;

    @SuppressWarnings("unchecked") // only asked about instances of T
    <T> UserCopy(Class<T> type, Copier<T> copier) {
        this.type = type;
        this.copier = (Copier<Object>) copier;
    }

    Class<?> type() {
        return type;
    }

    boolean applies(Class<?> candidate) {
        return type.isAssignableFrom(candidate);
    }

    boolean isSharing() {
        return copier.isIdentity();
    }

    Strategy strategy() {
        return isSharing() ? Strategy.SHARE : this;
    }

    @Override
    public Object copy(Object value, GraphCopy graph) {
        return copy(value);
    }

    Object copy(Object value) {
        Object copy = copier.copy(value);
        if (copy == null) {
            throw new CopyException("copier " + copier.getClass().getName() + " returned null for a "
                    + value.getClass().getTypeName());
        }
        return copy;
    }
}
