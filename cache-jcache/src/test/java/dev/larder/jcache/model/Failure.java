package dev.larder.jcache.model;

import java.util.function.Supplier;

/** How a call failed: with what, and why at bottom. */
record Failure(Class<?> type, Class<?> root) {

    /** Returns what a call returns, or its failure. */
    static Object orAnswer(Supplier<?> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return new Failure(e.getClass(), rootOf(e).getClass());
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    @Override
    public String toString() {
        return type.getSimpleName() + (root == type ? "" : " from " + root.getSimpleName());
    }
}
