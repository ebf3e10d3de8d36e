package dev.larder.benchmarks.subject;

/** A {@code ConcurrentHashMap}: the limit of what an unbounded cache can reach. */
final class MapSubject implements Subject {

    @Override
    public Target open(CacheSpec spec) {
        if (spec.isBounded() || spec.expiry() != Expiry.ETERNAL || spec.statistics() || spec.loader() != null) {
            throw new UnsupportedOperationException("a map has neither bound nor expiry, statistics or loader");
        }
        return new MapTarget();
    }

    @Override
    public void close() {}
}
