use super::networks::NETWORKS;
use super::{profile_named, profile_of};

fn read(url: &str) -> Option<(String, String, String)> {
    profile_of(url).map(|found| (found.network.to_string(), found.handle, found.url.to_string()))
}

/// A link, its network, its handle. Every handle is invented.
const PROFILES: &[(&str, &str, &str)] = &[
    (
        "https://www.facebook.com/pages/Rossi/123456789",
        "facebook",
        "123456789",
    ),
    (
        "https://www.facebook.com/pages/category/Bakery/Rossi-123456789/",
        "facebook",
        "123456789",
    ),
    (
        "https://www.facebook.com/Rossi-Bakery-123456789012",
        "facebook",
        "123456789012",
    ),
    (
        "https://facebook.com/profile.php?id=100012345",
        "facebook",
        "100012345",
    ),
    (
        "https://www.facebook.com/people/Rossi/100012345/",
        "facebook",
        "100012345",
    ),
    (
        "https://www.facebook.com/p/Rossi-Bakery-100012345/",
        "facebook",
        "100012345",
    ),
    (
        "https://www.facebook.com/groups/RossiFans",
        "facebook",
        "groups/rossifans",
    ),
    ("https://www.facebook.com/pg/rossi/about/", "facebook", "rossi"),
    (
        "https://de-de.facebook.com/Rossi.Bakery/",
        "facebook",
        "rossi.bakery",
    ),
    ("//www.facebook.com/rossi", "facebook", "rossi"),
    ("www.facebook.com/rossi", "facebook", "rossi"),
    ("facebook.com/rossi/photos", "facebook", "rossi"),
    (
        "https://www.instagram.com/Rossi_Bakery/?hl=de",
        "instagram",
        "rossi_bakery",
    ),
    (
        "https://uk.linkedin.com/company/rossi-bakery/about",
        "linkedin",
        "company/rossi-bakery",
    ),
    (
        "https://www.linkedin.com/in/anna-rossi-1234",
        "linkedin",
        "in/anna-rossi-1234",
    ),
    (
        "https://www.linkedin.com/companies/rossi",
        "linkedin",
        "company/rossi",
    ),
    ("http://twitter.com/@rossi", "x", "rossi"),
    ("https://x.com/Rossi?lang=en", "x", "rossi"),
    ("https://mobile.twitter.com/rossi", "x", "rossi"),
    (
        "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
        "youtube",
        "UCabcdefghijklmnopqrstuv",
    ),
    ("https://youtube.com/@Rossi/videos", "youtube", "rossi"),
    ("https://www.youtube.com/user/RossiTV", "youtube", "rossitv"),
    (
        "https://www.youtube.com/c/RossiTV?sub_confirmation=1",
        "youtube",
        "rossitv",
    ),
    ("https://www.tiktok.com/@rossi?lang=en", "tiktok", "rossi"),
    ("https://www.pinterest.de/rossi/", "pinterest", "rossi"),
    ("https://www.pinterest.co.uk/rossi/cakes/", "pinterest", "rossi"),
    ("https://www.threads.net/@rossi", "threads", "rossi"),
    (
        "https://bsky.app/profile/rossi.example",
        "bluesky",
        "rossi.example",
    ),
    (
        "https://mastodon.social/@Rossi",
        "mastodon",
        "rossi@mastodon.social",
    ),
    ("https://www.snapchat.com/add/rossi", "snapchat", "rossi"),
    (
        "https://whatsapp.com/channel/0029VaAbCdEf",
        "whatsapp",
        "0029VaAbCdEf",
    ),
    ("https://m.me/rossi", "messenger", "rossi"),
    ("https://t.me/rossi", "telegram", "rossi"),
    ("https://t.me/s/rossi", "telegram", "rossi"),
    ("https://discord.gg/AbC123", "discord", "AbC123"),
    ("https://discord.com/invite/AbC123", "discord", "AbC123"),
    ("https://line.me/R/ti/p/%40rossi", "line", "rossi"),
    ("https://lin.ee/AbC123", "line", "AbC123"),
    ("https://pf.kakao.com/_AbCxd", "kakaotalk", "_AbCxd"),
    ("https://zalo.me/rossi", "zalo", "rossi"),
    ("https://www.reddit.com/r/Rossi/", "reddit", "r/rossi"),
    ("https://www.reddit.com/u/Rossi", "reddit", "user/rossi"),
    ("https://www.quora.com/profile/Anna-Rossi", "quora", "Anna-Rossi"),
    (
        "https://nextdoor.com/pages/rossi-bakery/",
        "nextdoor",
        "rossi-bakery",
    ),
    ("https://vk.com/rossi", "vk", "rossi"),
    ("https://ok.ru/group/12345678", "ok", "group/12345678"),
    ("https://ok.ru/rossi", "ok", "rossi"),
    ("https://weibo.com/u/1234567", "weibo", "1234567"),
    ("https://weibo.com/rossi", "weibo", "rossi"),
    ("https://www.douyin.com/user/MS4wAbC", "douyin", "MS4wAbC"),
    (
        "https://www.xiaohongshu.com/user/profile/5AbC12",
        "xiaohongshu",
        "5AbC12",
    ),
    ("https://space.bilibili.com/123456", "bilibili", "123456"),
    ("https://blog.naver.com/rossi", "naver-blog", "rossi"),
    ("https://www.xing.com/pages/rossigmbh", "xing", "pages/rossigmbh"),
    (
        "https://www.xing.com/companies/rossigmbh",
        "xing",
        "pages/rossigmbh",
    ),
    (
        "https://www.crunchbase.com/organization/rossi",
        "crunchbase",
        "organization/rossi",
    ),
    ("https://angel.co/company/rossi", "wellfound", "rossi"),
    ("https://www.producthunt.com/@rossi", "producthunt", "rossi"),
    ("https://github.com/rossi/oven", "github", "rossi"),
    ("https://gitlab.com/rossi", "gitlab", "rossi"),
    ("https://bitbucket.org/rossi/", "bitbucket", "rossi"),
    (
        "https://stackoverflow.com/users/12345/anna",
        "stackoverflow",
        "12345",
    ),
    ("https://vimeo.com/rossi", "vimeo", "rossi"),
    ("https://www.dailymotion.com/rossi", "dailymotion", "rossi"),
    ("https://www.twitch.tv/rossi", "twitch", "rossi"),
    ("https://rumble.com/c/Rossi", "rumble", "c/rossi"),
    ("https://odysee.com/@rossi", "odysee", "rossi"),
    ("https://truthsocial.com/@rossi", "truthsocial", "rossi"),
    ("https://soundcloud.com/rossi/sets", "soundcloud", "rossi"),
    (
        "https://open.spotify.com/artist/0AbCdEf",
        "spotify",
        "artist/0AbCdEf",
    ),
    ("https://rossi.bandcamp.com/", "bandcamp", "rossi"),
    ("https://www.mixcloud.com/Rossi/", "mixcloud", "rossi"),
    ("https://www.last.fm/music/Rossi", "lastfm", "music/rossi"),
    ("https://myspace.com/rossi", "myspace", "rossi"),
    ("https://rossi.tumblr.com/post/123/bread", "tumblr", "rossi"),
    ("https://www.tumblr.com/blog/view/rossi", "tumblr", "rossi"),
    ("https://medium.com/@rossi", "medium", "rossi"),
    ("https://rossi.substack.com", "substack", "rossi"),
    ("https://www.flickr.com/photos/12345@N00/", "flickr", "12345@N00"),
    ("https://500px.com/p/rossi", "500px", "rossi"),
    ("https://www.behance.net/rossi", "behance", "rossi"),
    ("https://dribbble.com/rossi", "dribbble", "rossi"),
    ("https://www.deviantart.com/rossi", "deviantart", "rossi"),
    ("https://www.houzz.com/pro/rossi/rossi-bakery", "houzz", "rossi"),
    ("https://www.etsy.com/de/shop/RossiShop", "etsy", "rossishop"),
    ("https://rossishop.etsy.com", "etsy", "rossishop"),
    ("https://www.patreon.com/c/rossi", "patreon", "rossi"),
    ("https://ko-fi.com/rossi", "ko-fi", "rossi"),
    ("https://www.buymeacoffee.com/rossi", "buymeacoffee", "rossi"),
    ("https://www.strava.com/clubs/rossi", "strava", "clubs/rossi"),
    (
        "https://www.yelp.co.uk/biz/rossi-bakery-london?osq=bread",
        "yelp",
        "rossi-bakery-london",
    ),
    (
        "https://www.tripadvisor.it/Restaurant_Review-g187147-d1234567-Reviews-Rossi-Rome.html",
        "tripadvisor",
        "d1234567",
    ),
    (
        "https://foursquare.com/v/rossi-bakery/4AbC12",
        "foursquare",
        "4AbC12",
    ),
    (
        "https://www.trustpilot.com/review/rossi.example",
        "trustpilot",
        "rossi.example",
    ),
    ("https://g.page/rossi", "google", "rossi"),
    ("https://linktr.ee/Rossi", "linktree", "rossi"),
    ("https://beacons.ai/rossi", "beacons", "rossi"),
    ("https://rossi.bio.link/", "bio-link", "rossi"),
    ("https://bio.link/rossi", "bio-link", "rossi"),
    ("https://bio.site/rossi", "bio-site", "rossi"),
    ("https://lnk.bio/rossi", "lnk-bio", "rossi"),
    ("https://linkin.bio/rossi", "linkin-bio", "rossi"),
    ("https://campsite.bio/rossi", "campsite", "rossi"),
    ("https://rossi.carrd.co/#about", "carrd", "rossi"),
    ("https://about.me/rossi", "about-me", "rossi"),
    ("https://allmylinks.com/rossi", "allmylinks", "rossi"),
    ("https://solo.to/rossi", "solo-to", "rossi"),
    ("https://msha.ke/rossi", "milkshake", "rossi"),
    ("https://flow.page/rossi", "flowpage", "rossi"),
    ("https://hoo.be/rossi", "hoo-be", "rossi"),
    ("https://stan.store/rossi", "stan", "rossi"),
    ("https://direct.me/rossi", "direct-me", "rossi"),
    ("https://rossi.komi.io", "komi", "rossi"),
    ("https://heylink.me/rossi/", "heylink", "rossi"),
    ("https://taplink.cc/rossi", "taplink", "rossi"),
    ("https://tap.bio/@rossi", "tap-bio", "rossi"),
    ("https://instabio.cc/rossi", "instabio", "rossi"),
    ("https://magic.ly/rossi", "magicly", "rossi"),
    ("https://withkoji.com/@rossi", "koji", "rossi"),
];

#[test]
fn profiles_have_one_form() {
    for (url, network, handle) in PROFILES {
        let found = read(url).unwrap_or_else(|| panic!("{url}"));
        assert_eq!((found.0.as_str(), found.1.as_str()), (*network, *handle), "{url}");
        assert_eq!(
            read(&found.2).unwrap_or_else(|| panic!("{}", found.2)),
            found,
            "the canonical address reads as itself"
        );
    }
}

#[test]
fn every_network_has_a_profile_to_show() {
    for network in NETWORKS {
        assert!(
            PROFILES.iter().any(|(_, name, _)| *name == network.name),
            "{}",
            network.name
        );
    }
}

#[test]
fn buttons_posts_and_the_network_itself_are_no_profiles() {
    for url in [
        "https://www.facebook.com/sharer.php?u=x",
        "https://www.facebook.com/sharer/sharer.php?u=https://rossi.example",
        "https://www.facebook.com/",
        "https://www.facebook.com/plugins/like.php?href=x",
        "https://www.facebook.com/v2.9/plugins/page.php?href=x",
        "https://www.facebook.com/rossi/posts/123",
        "https://www.facebook.com/profile.php",
        "https://www.facebook.com/pages/",
        "https://www.facebook.com/policies/cookies/",
        "https://www.facebook.com/YourPage",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Frossi.example",
        "https://twitter.com/intent/tweet?text=x",
        "https://twitter.com/rossi?url=https://rossi.example",
        "https://twitter.com/rossi/status/1234",
        "https://twitter.com/share",
        "https://x.com/home?status=x",
        "https://www.linkedin.com/shareArticle?mini=true",
        "https://www.linkedin.com/sharing/share-offsite/?url=https://rossi.example",
        "https://www.linkedin.com/company/",
        "https://www.instagram.com/p/Abc123/",
        "https://www.instagram.com/accounts/login/",
        "https://www.youtube.com/watch?v=abc",
        "https://www.youtube.com/channel/",
        "https://www.youtube.com/embed/abc",
        "https://www.youtube.com/iframe_api",
        "https://pinterest.com/pin/create/button/",
        "https://www.tiktok.com/@rossi/video/123",
        "https://www.tiktok.com/legal/privacy-policy",
        "https://wa.me/?text=x",
        "https://t.me/share/url?url=https://rossi.example",
        "https://t.me/+AbCdEf",
        "https://vk.com/share.php?url=x",
        "https://vk.com/wall-123_456",
        "https://www.reddit.com/submit?url=x",
        "https://www.tumblr.com/share/link?url=x",
        "https://www.xing.com/spi/shares/new?url=x",
        "https://vimeo.com/123456",
        "https://player.vimeo.com/video/123456",
        "https://w.soundcloud.com/player/?url=x",
        "https://open.spotify.com/embed/artist/0AbC",
        "https://medium.com/@rossi/how-to-bake-1234",
        "https://rossi.substack.com/p/bread",
        "https://mastodon.social/@rossi/109876543210",
        "https://discord.com/developers",
        "https://line.me/R/msg/text/?x",
        "https://www.flickr.com/photos/rossi/123456",
        "https://www.tripadvisor.com/Tourism-g187147-Rome.html",
        "https://myfacebook.com/rossi",
        "https://developers.facebook.com/docs",
        "https://help.instagram.com/rossi",
        "ftp://facebook.com/rossi",
        "mailto:a@facebook.com",
        "/rossi",
        "",
    ] {
        assert_eq!(read(url), None, "{url}");
    }
}

#[test]
fn a_network_and_a_handle_name_a_profile() {
    for (network, value, url) in [
        ("facebook", "Rossi", "https://www.facebook.com/rossi"),
        (
            "facebook",
            "https://m.facebook.com/rossi",
            "https://www.facebook.com/rossi",
        ),
        ("x", "@rossi", "https://x.com/rossi"),
        ("tiktok", "rossi", "https://www.tiktok.com/@rossi"),
        (
            "linkedin",
            "company/rossi",
            "https://www.linkedin.com/company/rossi",
        ),
        (
            "bluesky",
            "rossi.example",
            "https://bsky.app/profile/rossi.example",
        ),
        (
            "mastodon",
            "@rossi@mastodon.social",
            "https://mastodon.social/@rossi",
        ),
    ] {
        let found = profile_named(network, value).unwrap_or_else(|| panic!("{network} {value}"));
        assert_eq!((found.network.as_str(), found.url.as_str()), (network, url));
    }
    for (network, value) in [
        ("facebook", "https://x.com/rossi"),
        ("facebook", "sharer"),
        ("nowhere", "rossi"),
        ("x", ""),
        ("x", "Rossi Bakery"),
    ] {
        assert_eq!(profile_named(network, value), None, "{network} {value}");
    }
}
