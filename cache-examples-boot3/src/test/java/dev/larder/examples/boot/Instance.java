package dev.larder.examples.boot;

import dev.larder.spring.session.LarderSessionRepository;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.cache.CacheManager;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.session.FindByIndexNameSessionRepository;

/** The shop on a port of its own, with caches of its own: by its class loader it is another application than the next instance. */
final class Instance implements AutoCloseable {

    private final ConfigurableApplicationContext application;

    private Instance(ConfigurableApplicationContext application) {
        this.application = application;
    }

    static Instance start(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--server.port=0");
        ClassLoader loader = new URLClassLoader(new URL[0], Instance.class.getClassLoader());
        return new Instance(new SpringApplicationBuilder(Shop.class)
                .resourceLoader(new DefaultResourceLoader(loader))
                .web(WebApplicationType.SERVLET)
                .run(all.toArray(String[]::new)));
    }

    URI page(String path) {
        return URI.create("http://localhost:" + application.getEnvironment().getProperty("local.server.port") + path);
    }

    /** Returns what this instance calls the sessions of a user. */
    @SuppressWarnings("unchecked") // The type of its sessions is not told by a class.
    Set<String> namesOfSessionsOf(String user) {
        return application
                .getBean(FindByIndexNameSessionRepository.class)
                .findByPrincipalName(user)
                .keySet();
    }

    LarderSessionRepository sessions() {
        return application.getBean(LarderSessionRepository.class);
    }

    CacheManager caches() {
        return application.getBean(CacheManager.class);
    }

    @Override
    public void close() {
        application.close();
    }
}
