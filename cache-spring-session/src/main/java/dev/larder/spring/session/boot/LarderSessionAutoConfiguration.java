package dev.larder.spring.session.boot;

import dev.larder.spring.session.LarderHttpSessionConfiguration;
import dev.larder.spring.session.LarderSessionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * Lets a servlet application of Spring Boot 3.5 or 4 keep its sessions by Larder, unless it has a {@link SessionRepository} of its
 * own.
 */
@AutoConfiguration(
        // By name: Boot 4 has them in other packages, and in jars that need not be there.
        afterName = {
            "org.springframework.boot.autoconfigure.cache.CacheAutoConfiguration",
            "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration"
        },
        beforeName = {
            "org.springframework.boot.autoconfigure.session.SessionAutoConfiguration",
            "org.springframework.boot.session.autoconfigure.SessionAutoConfiguration",
            "org.springframework.boot.session.data.redis.autoconfigure.SessionDataRedisAutoConfiguration",
            "org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration"
        })
@ConditionalOnClass(SessionRepositoryFilter.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnMissingBean(SessionRepository.class)
@ConditionalOnProperty(prefix = "larder.session", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(LarderSessionProperties.class)
@Import(LarderHttpSessionConfiguration.class)
public class LarderSessionAutoConfiguration {

    @Bean
    LarderSessionSettings larderSessionSettings(
            LarderSessionProperties properties, Environment environment, BeanFactory beans) {
        Duration timeout = SessionTimeout.of(environment);
        return new LarderSessionSettings(
                properties.cacheName(),
                properties.flushMode(),
                properties.saveMode(),
                allowedTypes(properties, beans),
                properties.indexNames(),
                store -> {
                    store.idleTimeout(timeout);
                    properties.applyTo(store);
                });
    }

    /** An application's own types are what it puts into its sessions. */
    private static List<String> allowedTypes(LarderSessionProperties properties, BeanFactory beans) {
        List<String> allowed = new ArrayList<>(properties.allowedTypes());
        if (AutoConfigurationPackages.has(beans)) {
            AutoConfigurationPackages.get(beans).stream()
                    .filter(name -> !name.isEmpty())
                    .forEach(name -> allowed.add(name + ".**"));
        }
        return allowed;
    }
}
