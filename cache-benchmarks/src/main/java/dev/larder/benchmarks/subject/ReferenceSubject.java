package dev.larder.benchmarks.subject;

import javax.cache.configuration.Configuration;

/** The reference implementation, which has no bound: it is measured without one. */
final class ReferenceSubject extends JCacheSubject {

    ReferenceSubject() {
        super(Library.REFERENCE);
    }

    @Override
    Configuration<Integer, Object> configure(CacheSpec spec) {
        return spec.standard();
    }
}
