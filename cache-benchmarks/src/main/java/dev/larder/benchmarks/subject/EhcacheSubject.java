package dev.larder.benchmarks.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.spi.CachingProvider;

/** Ehcache 3, whose bound is in a template of a configuration file that is written for it. */
final class EhcacheSubject extends JCacheSubject {
    private static final String BOUNDED_TEMPLATE = """
            <config xmlns="http://www.ehcache.org/v3" xmlns:jsr107="http://www.ehcache.org/v3/jsr107">
              <service>
                <jsr107:defaults default-template="bounded"/>
              </service>
              <cache-template name="bounded">
                <resources>
                  <heap unit="entries">%d</heap>
                </resources>
              </cache-template>
            </config>
            """;

    EhcacheSubject() {
        super(Library.EHCACHE);
    }

    @Override
    Configuration<Integer, Object> configure(CacheSpec spec) {
        return spec.standard();
    }

    @Override
    CacheManager managerFor(CacheSpec spec, CachingProvider from) {
        if (!spec.isBounded()) {
            return from.getCacheManager();
        }
        try {
            Path file = Files.createTempFile("ehcache", ".xml");
            try {
                Files.writeString(file, BOUNDED_TEMPLATE.formatted(spec.bound()));
                return from.getCacheManager(file.toUri(), getClass().getClassLoader());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
