//! Which pages a site has and where they lie.

use super::Site;
use crate::lang::PageWords;
use crate::text::slug;
use crate::world::World;

/// A page of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageKind {
    Home,
    Contact,
    About,
    Imprint,
    Team,
    Blog,
    Post(usize),
    Products,
    Product(usize),
    Branches,
    /// By position among the site's members.
    Branch(usize),
    /// Former contacts, linked from nowhere but the sitemap and a post.
    Old,
    /// Off limits by robots.txt; whoever fetches it did not ask.
    Private,
}

impl PageKind {
    /// The word truth uses.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Contact => "contact",
            Self::About => "about",
            Self::Imprint => "imprint",
            Self::Team => "team",
            Self::Blog => "blog",
            Self::Post(_) => "post",
            Self::Products => "products",
            Self::Product(_) => "product",
            Self::Branches => "branches",
            Self::Branch(_) => "branch",
            Self::Old => "old",
            Self::Private => "private",
        }
    }

    pub(crate) fn is_public(self) -> bool {
        self != Self::Private
    }

    /// The `Title|slug` of pages that stand in menus.
    fn words(self, words: &PageWords) -> Option<&'static str> {
        Some(match self {
            Self::Home => words.home,
            Self::Contact => words.contact,
            Self::About => words.about,
            Self::Imprint => words.imprint,
            Self::Team => words.team,
            Self::Blog => words.blog,
            Self::Products => words.products,
            Self::Branches => words.branches,
            _ => return None,
        })
    }
}

impl Site {
    /// Every page, home first.
    pub(crate) fn page_kinds(&self) -> Vec<PageKind> {
        let plan = &self.plan;
        let mut kinds = vec![PageKind::Home];
        if !plan.one_page {
            kinds.extend([PageKind::Contact, PageKind::About]);
        }
        if !plan.one_page || !plan.imprint.is_empty() {
            kinds.push(PageKind::Imprint);
        }
        if plan.team {
            kinds.push(PageKind::Team);
        }
        if self.is_chain {
            kinds.push(PageKind::Branches);
            kinds.extend((0..self.members.len()).map(PageKind::Branch));
        }
        if plan.posts > 0 {
            kinds.push(PageKind::Blog);
            kinds.extend((0..plan.posts).map(PageKind::Post));
        }
        if plan.products > 0 {
            kinds.push(PageKind::Products);
            kinds.extend((0..plan.products).map(PageKind::Product));
        }
        if plan.old {
            kinds.push(PageKind::Old);
        }
        kinds.push(PageKind::Private);
        kinds
    }

    /// The pages menus show.
    pub(crate) fn menu(&self) -> impl Iterator<Item = PageKind> {
        self.page_kinds()
            .into_iter()
            .filter(|kind| kind.words(&self.country.lang.pages).is_some())
    }

    /// The menu title of a page; empty for those that stand in no menu.
    pub(crate) fn menu_title(&self, kind: PageKind) -> &'static str {
        kind.words(&self.country.lang.pages)
            .map_or("", crate::text::native)
    }

    /// The path of a page.
    pub(crate) fn path(&self, world: &World, kind: PageKind) -> String {
        let pages = &self.country.lang.pages;
        let menu = |kind: PageKind| kind.words(pages).map_or("", crate::text::latin);
        let suffix = self.suffix;
        match kind {
            PageKind::Home => "/".to_owned(),
            PageKind::Post(n) => format!("/{}/{}{suffix}", menu(PageKind::Blog), n + 1),
            PageKind::Product(n) => format!("/{}/{}{suffix}", menu(PageKind::Products), n + 101),
            PageKind::Branches => format!("/branches{suffix}"),
            PageKind::Branch(n) => format!("/branches/{}{suffix}", self.branch_slug(world, n)),
            PageKind::Old => format!("/old/{}.html", menu(PageKind::Contact)),
            PageKind::Private => format!("/private/staff{suffix}"),
            other => format!("/{}{suffix}", menu(other)),
        }
    }

    /// `lyon`, and `lyon-2` for the second branch there.
    fn branch_slug(&self, world: &World, position: usize) -> String {
        let city_of = |index: &usize| world.business(*index).map(|business| business.city.latin_name());
        let city = self.members.get(position).and_then(city_of);
        let earlier = self
            .members
            .iter()
            .take(position)
            .filter(|index| city_of(index) == city)
            .count();
        let stem = slug(city.unwrap_or_default());
        if earlier == 0 {
            stem
        } else {
            format!("{stem}-{}", earlier + 1)
        }
    }

    /// The page at a path, if the site has it.
    pub(crate) fn page_at(&self, world: &World, path: &str) -> Option<PageKind> {
        // Directory-style sites answer with and without the slash.
        let bare = path.trim_end_matches('/');
        self.page_kinds().into_iter().find(|kind| {
            let own = self.path(world, *kind);
            own == path || (self.suffix == "/" && own.trim_end_matches('/') == bare)
        })
    }
}
