package dev.larder.benchmarks.subject;

/** A {@code ConcurrentHashMap}: the limit of what a cache can reach. It has no bound, and is measured without one. */
final class MapSubject implements Subject {

    @Override
    public Target open(CacheSpec spec) {
        if (spec.expiry() != Expiry.ETERNAL
                || spec.statistics()
                || spec.loader() != null
                || spec.writing() != Writing.NONE
                || spec.listening()) {
            throw new UnsupportedOperationException(
                    "a map has neither expiry nor statistics, loader, writer or listener");
        }
        return new MapTarget();
    }

    @Override
    public void close() {}
}
