package dev.larder.benchmarks.sessions;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/** The page, served on a port of its own, with sessions on a Redis server. */
final class Application implements AutoCloseable {

    static final String REDIS = "larder.benchmark.redis";

    private final ConfigurableApplicationContext context;

    private Application(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static Application start(Contender contender, int redisPort) {
        System.setProperty(REDIS, String.valueOf(redisPort));
        List<String> arguments = new ArrayList<>(List.of(contender.arguments()));
        arguments.add("--spring.data.redis.port=" + redisPort);
        // A class loader of its own: so Larder's caches are its own, too.
        ClassLoader loader = new URLClassLoader(new URL[0], Application.class.getClassLoader());
        return new Application(new SpringApplicationBuilder(SessionPage.class)
                .resourceLoader(new DefaultResourceLoader(loader))
                .run(arguments.toArray(String[]::new)));
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Override
    public void close() {
        context.close();
    }
}
