package dev.larder.examples.docs;

import dev.larder.spring.session.EnableLarderHttpSession;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.security.SpringSessionBackedSessionRegistry;

/** The Java of {@code docs/sessions-spring.md}, for each version of Spring; {@code SnippetsTest} of cache-examples compares them. */
@SuppressWarnings("ClassCanBeStatic") // in the docs, it stands alone
final class SpringSnippets {

    private SpringSnippets() {}

    // snippet: docs/sessions-spring.md
    @Configuration
    @EnableLarderHttpSession(cacheName = "shop-sessions", allowedTypes = "com.acme.shop.**")
    class Sessions {
        @Bean
        CacheManager cacheManager() {
            return Caching.getCachingProvider().getCacheManager();
        }
    }
    // end

    static class Security {

        // snippet: docs/sessions-spring.md
        @Bean
        SecurityFilterChain pages(HttpSecurity http, SessionRegistry sessions) throws Exception {
            return http.authorizeHttpRequests(pages -> pages.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .sessionManagement(
                            management -> management.maximumSessions(1).sessionRegistry(sessions))
                    .build();
        }

        @Bean
        <S extends Session> SessionRegistry sessionRegistry(FindByIndexNameSessionRepository<S> sessions) {
            return new SpringSessionBackedSessionRegistry<>(sessions);
        }
        // end
    }
}
